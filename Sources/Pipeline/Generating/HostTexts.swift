import Glibc

/// Texts that say something about this host and belong into no prompt.
enum HostTexts {
    /// Parts of names of environment variables that hold secrets.
    private static let secretNames = ["KEY", "TOKEN", "SECRET", "PASSW", "CREDENTIAL", "AUTH"]

    /// The home folder, the host's name, the kernel's version, and the values of variables that may be secrets.
    static func current() -> Set<String> {
        var texts: Set<String> = []
        for entry in environment() {
            guard let sign = entry.firstIndex(of: "=") else { continue }
            let name = entry[..<sign].uppercased()
            let value = String(entry[entry.index(after: sign)...])
            if name == "HOME", value.utf8.count > 1 { texts.insert(value) }
            if value.utf8.count >= 8, secretNames.contains(where: name.contains) { texts.insert(value) }
        }
        var system = utsname()
        if uname(&system) == 0 {
            // A short name of a host may stand anywhere; that of a box is another anyway.
            let host = text(system.nodename)
            if host.utf8.count >= 6, host != "localhost" { texts.insert(host) }
            texts.insert(text(system.release))
            texts.insert(text(system.version))
        }
        texts.remove("")
        return texts
    }

    /// The environment that this process was started with: `environ` may change while others read it.
    private static func environment() -> [String] {
        guard let bytes = try? ReadableFile("/proc/self/environ").bytes(limit: 16 << 20) else { return [] }
        return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func text<Characters>(_ characters: Characters) -> String {
        withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
