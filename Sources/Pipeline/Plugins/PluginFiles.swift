import Glibc

/// The files of a plugin's folder as they were read once: nothing that is done to the folder later matters.
///
/// A folder may come from anybody. So links, devices and pipes are refused, nothing is followed, and what is read is
/// bounded in number, depth and bytes.
struct PluginFiles: Sendable {
    /// The most files, and the most bytes of one and of all.
    private static let limits = (files: 1000, bytes: 4 << 20, allBytes: 32 << 20, depth: 4)

    /// The contents by relative path.
    private(set) var contents: [String: [UInt8]] = [:]
    private var allBytes = 0

    /// Reads a folder.
    ///
    /// - Throws: `PipelineError` that names what a plugin cannot hold.
    init(folder: String) throws(PipelineError) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            throw PipelineError(
                .user, "cannot read the folder '\(folder)': \(SystemFailure.text())",
                hint: "name the folder of a plugin")
        }
        try read(descriptor, path: "", depth: 0)
    }

    /// Takes contents that were made here.
    init(contents: [String: [UInt8]]) { self.contents = contents }

    /// Writes the files below a folder that is made for them.
    func write(to folder: String) throws(PipelineError) {
        guard mkdir(folder, 0o755) == 0 else {
            throw PipelineError(.user, "cannot make the folder '\(folder)': \(SystemFailure.text())")
        }
        for (path, bytes) in contents.sorted(by: { $0.key < $1.key }) {
            var parent = folder
            for step in path.split(separator: "/").dropLast() {
                parent += "/\(step)"
                _ = mkdir(parent, 0o755)
            }
            try LineSink.file("\(folder)/\(path)").write(bytes)
        }
    }

    // MARK: -

    /// Reads what is in an open folder, and closes it.
    private mutating func read(_ descriptor: Int32, path: String, depth: Int) throws(PipelineError) {
        guard let folder = fdopendir(descriptor) else {
            close(descriptor)
            throw PipelineError(.user, "cannot read the folder '\(path)': \(SystemFailure.text())")
        }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            guard name != [0x2E], name != [0x2E, 0x2E] else { continue }
            let text = String(decoding: name, as: UTF8.self)
            let place = path.isEmpty ? text : "\(path)/\(text)"
            guard Self.isValid(name) else {
                throw PipelineError(
                    .user,
                    "a plugin cannot hold a file of the name '\(place.map { $0.isASCII ? $0 : "?" }.map(String.init).joined())'",
                    hint: "names are letters, digits, '.', '_' and '-', and do not start with a dot")
            }
            // A pipe must not make us wait, and a link must not lead us away.
            let child = openat(dirfd(folder), text, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
            guard child >= 0 else {
                let reason = errno == ELOOP ? "it is a symbolic link" : SystemFailure.text()
                throw PipelineError(.user, "a plugin cannot hold '\(place)': \(reason)")
            }
            var status = stat()
            fstat(child, &status)
            switch status.st_mode & S_IFMT {
            case S_IFDIR where depth < Self.limits.depth: try read(child, path: place, depth: depth + 1)
            case S_IFREG:
                defer { close(child) }
                try take(child, size: Int(status.st_size), path: place)
            default:
                close(child)
                throw PipelineError(.user, "a plugin cannot hold '\(place)': it is no regular file, or too deep")
            }
        }
    }

    private mutating func take(_ descriptor: Int32, size: Int, path: String) throws(PipelineError) {
        allBytes += size
        guard size <= Self.limits.bytes, allBytes <= Self.limits.allBytes, contents.count < Self.limits.files else {
            throw PipelineError(
                .user, "the plugin is too large at '\(path)'",
                hint: "1000 files, 4 MiB each and 32 MiB in all are allowed")
        }
        var bytes = [UInt8](repeating: 0, count: size)
        var got = 0
        while got < size {
            let count = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress.map { $0 + got }, size - got)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            got += count
        }
        contents[path] = Array(bytes[..<got])
    }

    private static func isValid(_ name: [UInt8]) -> Bool {
        guard (1...100).contains(name.count), name.first != UInt8(ascii: ".") else { return false }
        return name.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39: true
            default: [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+")].contains(byte)
            }
        }
    }
}
