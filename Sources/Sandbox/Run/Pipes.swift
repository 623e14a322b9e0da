import CSandbox
import Glibc

/// The three pipes of a run.
struct Pipes {
    /// Read end, write end.
    var stdin: [Int32] = [-1, -1]
    var stdout: [Int32] = [-1, -1]
    var stderr: [Int32] = [-1, -1]

    /// The ends that the run gets.
    var childEnds: [Int32] { [stdin[0], stdout[1], stderr[1]] }

    /// Makes the pipes; our ends do not block.
    init() throws(SandboxError) {
        let made =
            csandbox_pipe(&stdin) == 0 && csandbox_pipe(&stdout) == 0 && csandbox_pipe(&stderr) == 0
            && csandbox_set_nonblocking(stdin[1]) == 0 && csandbox_set_nonblocking(stdout[0]) == 0
            && csandbox_set_nonblocking(stderr[0]) == 0
        guard made else {
            let error = Glibc.errno
            for descriptor in stdin + stdout + stderr where descriptor >= 0 { close(descriptor) }
            throw SandboxError(
                stage: "pipes", errno: error, message: "no pipes for a run", hint: "raise `ulimit -n`")
        }
    }
}
