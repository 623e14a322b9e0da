import Glibc
import LanguagePlugins

/// What an engine that waits holds, launchers and zygotes included.
struct IdleMemory {
    /// Bytes, each page counted by its share (Pss of smaps_rollup, proc(5)).
    var whole: Int
    var interpreter: Int
    var beyond: Int

    /// Has a zygote started in both slots, and looks.
    static func measure(_ runner: ProgramRunner) async throws -> IdleMemory {
        for _ in 0..<8 { try await Work.run(runner, "python", "print(1)", inputs: 4) }
        let family = descendants(of: getpid())
        let zygotes = family.filter { text("/proc/\($0)/comm").hasPrefix("python3") }
        let whole = ([getpid()] + family).reduce(0) { $0 + share($1) }
        let interpreter = try bareInterpreter()
        return IdleMemory(whole: whole, interpreter: interpreter, beyond: whole - interpreter * zygotes.count)
    }

    /// What an interpreter that has imported nothing holds while it waits.
    private static func bareInterpreter() throws -> Int {
        var child: pid_t = 0
        let command: [String] = ["/usr/bin/python3", "-c", "import time; time.sleep(60)"]
        var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
        defer { for word in words { free(word) } }
        words.append(nil)
        guard posix_spawn(&child, "/usr/bin/python3", nil, nil, words, environ) == 0 else {
            throw BenchmarkError(message: "python3 does not start")
        }
        usleep(300_000)
        let bytes = share(child)
        kill(child, SIGKILL)
        waitpid(child, nil, 0)
        return bytes
    }

    private static func descendants(of ancestor: pid_t) -> [pid_t] {
        var parents: [pid_t: pid_t] = [:]
        guard let folder = opendir("/proc") else { return [] }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard let pid = pid_t(name) else { continue }
            let status = text("/proc/\(pid)/status").split(separator: "\n").first { $0.hasPrefix("PPid:") }
            parents[pid] = status.flatMap { pid_t($0.dropFirst(5).drop { $0 == "\t" }) }
        }
        var found: [pid_t] = [ancestor]
        var next = 0
        while next < found.count {
            found += children(of: found[next], in: parents)
            next += 1
        }
        return Array(found.dropFirst())
    }

    private static func children(of parent: pid_t, in parents: [pid_t: pid_t]) -> [pid_t] {
        parents.filter { $0.value == parent }.map(\.key).sorted()
    }

    private static func share(_ pid: pid_t) -> Int {
        let line = text("/proc/\(pid)/smaps_rollup").split(separator: "\n").first { $0.hasPrefix("Pss:") }
        return (line.flatMap { Int($0.split(separator: " ")[1]) } ?? 0) << 10
    }

    private static func text(_ path: String) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 8192)
        let got = read(file, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, got)), as: UTF8.self)
    }
}
