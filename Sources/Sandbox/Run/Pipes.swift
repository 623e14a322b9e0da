import CSandbox
import Glibc

/// The pipes of a run: two, and a third when there is something to read.
struct Pipes {
    /// Read end, write end; -1 for a run without input, which reads `/dev/null`.
    var stdin: [Int32] = [-1, -1]
    var stdout: [Int32] = [-1, -1]
    var stderr: [Int32] = [-1, -1]

    /// The ends that the run gets.
    var childEnds: [Int32] { stdin[0] < 0 ? [stdout[1], stderr[1]] : [stdin[0], stdout[1], stderr[1]] }

    /// Makes the pipes; our ends do not block.
    init(hasInput: Bool) throws(SandboxError) {
        let hasStdin = !hasInput || (csandbox_pipe(&stdin) == 0 && csandbox_set_nonblocking(stdin[1]) == 0)
        let made =
            hasStdin && csandbox_pipe(&stdout) == 0 && csandbox_pipe(&stderr) == 0
            && csandbox_set_nonblocking(stdout[0]) == 0 && csandbox_set_nonblocking(stderr[0]) == 0
        guard made else {
            let error = Glibc.errno
            for descriptor in stdin + stdout + stderr where descriptor >= 0 { close(descriptor) }
            throw SandboxError(
                stage: "pipes", errno: error, message: "no pipes for a run", hint: "raise `ulimit -n`")
        }
    }
}
