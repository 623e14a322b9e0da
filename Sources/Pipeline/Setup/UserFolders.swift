import Glibc

/// The folders of the user, as the XDG base directory specification names them.
enum UserFolders {
    /// Data that the user put there: `$XDG_DATA_HOME`, or `~/.local/share`.
    static var data: String? { folder("XDG_DATA_HOME", below: ".local/share") }

    /// Data that can be made again: `$XDG_CACHE_HOME`, or `~/.cache`.
    static var cache: String? { folder("XDG_CACHE_HOME", below: ".cache") }

    /// Data that can be made again and that boxes are shown: root's home is closed to them, `/var/cache` is not.
    static var shownCache: String? {
        geteuid() == 0 && getenv("XDG_CACHE_HOME") == nil ? "/var/cache" : cache
    }

    /// The specification says that a path which is not absolute is to be ignored.
    private static func folder(_ variable: String, below path: String) -> String? {
        if let value = getenv(variable), value.pointee == UInt8(ascii: "/") { return String(cString: value) }
        guard let home = getenv("HOME"), home.pointee == UInt8(ascii: "/") else { return nil }
        return "\(String(cString: home))/\(path)"
    }
}
