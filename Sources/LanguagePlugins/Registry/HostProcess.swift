import Glibc

/// Runs a program of the host that is trusted, such as a compiler asked for its version.
enum HostProcess {
    /// What a command prints to either stream; nil when it cannot be run or fails.
    ///
    /// It gets no input and this process's environment, and is killed after the time limit or a megabyte.
    static func output(of command: [String], timeLimit: Duration = .seconds(20)) -> String? {
        var ends: [Int32] = [-1, -1]
        guard let program = command.first, pipe(&ends) == 0 else { return nil }
        defer { close(ends[0]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        posix_spawn_file_actions_addclose(&actions, ends[1])
        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var process: pid_t = 0
        let failure = posix_spawn(&process, program, &actions, nil, &arguments, environ)
        close(ends[1])
        guard failure == 0 else { return nil }

        let deadline = ContinuousClock.now + timeLimit
        var output: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 4096)
        while output.count < 1 << 20 {
            let left = (deadline - ContinuousClock.now) / .milliseconds(1)
            var waiting = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
            guard left > 0, poll(&waiting, 1, Int32(min(left, 60_000))) > 0 else { break }
            let got = read(ends[0], &block, block.count)
            if got <= 0 { break }
            output += block[..<got]
        }
        if ContinuousClock.now >= deadline || output.count >= 1 << 20 { kill(process, SIGKILL) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            if errno != EINTR { return nil }
        }
        return status == 0 ? String(decoding: output, as: UTF8.self) : nil
    }
}
