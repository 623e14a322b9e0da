import Glibc

/// Small files and folders of the host, read as they are in `/proc`.
enum HostFile {
    /// The content of a file; nil when it cannot be read.
    static func text(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65536)
        while true {
            let got = read(descriptor, &block, block.count)
            if got <= 0 { break }
            bytes += block[..<got]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The target of a symbolic link; nil when it cannot be read.
    static func target(_ path: String) -> String? {
        var block = [CChar](repeating: 0, count: 4096)
        let got = readlink(path, &block, block.count)
        return got < 0 ? nil : String(decoding: block[..<got].map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// The names in a folder, without `.` and `..`; none when it cannot be read.
    static func names(_ path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// Whether a path is a folder and no link to one.
    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
