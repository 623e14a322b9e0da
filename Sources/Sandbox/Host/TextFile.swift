import Glibc

/// Small text files of the kernel.
enum TextFile {
    /// The content of a file, empty when it cannot be read; at most 1 MiB.
    static func read(_ path: String) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        while bytes.count < 1 << 20 {
            let got = Glibc.read(file, &chunk, chunk.count)
            if got <= 0 { break }
            bytes.append(contentsOf: chunk[..<got])
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Folders on the host.
enum Folder {
    /// The names in a folder, empty when it cannot be read.
    static func names(_ path: String) -> [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}

/// Names of what a slot leaves on the host while it lives: `retort-<process>-<number>`.
enum StaleName {
    /// Whether the engine that made the name is gone.
    static func isStale(_ name: String) -> Bool {
        let parts = name.split(separator: "-")
        guard parts.count == 3, parts[0] == "retort", let process = pid_t(parts[1]), process > 0 else { return false }
        return kill(process, 0) != 0 && errno == ESRCH
    }

    /// The name for a slot of this process.
    static func make(_ number: Int) -> String { "retort-\(getpid())-\(number)" }
}
