import Glibc

/// A file, or standard input, that is open for reading; whatever makes it unreadable is said before any work starts.
public final class ReadableFile: Sendable {
    /// What messages call it: the path as it was given, or `standard input`.
    public let name: String
    /// The count of bytes of a regular file, or nil for a pipe or a terminal.
    public let size: Int?
    /// The descriptor, closed with this object.
    let descriptor: Int32
    /// The device and the number of the file, to tell whether two paths mean the same file.
    let identity: FileIdentity

    /// Opens a path; `-` is standard input.
    ///
    /// - Throws: `PipelineError` when there is nothing to read: no such file, a directory, no permission.
    public init(_ path: String) throws(PipelineError) {
        let isStandardInput = path == "-"
        name = isStandardInput ? "standard input" : path
        descriptor = isStandardInput ? fcntl(0, F_DUPFD_CLOEXEC, 3) : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw PipelineError(.user, "cannot read '\(path)': \(SystemFailure.text())")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw PipelineError(.user, "cannot read '\(path)': \(SystemFailure.text())")
        }
        if status.st_mode & S_IFMT == S_IFDIR {
            close(descriptor)
            throw PipelineError(.user, "'\(path)' is a directory", hint: "name a file, or '-' for standard input")
        }
        size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
        identity = FileIdentity(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
    }

    /// Reads everything, or says that it is more than `limit` bytes.
    public func bytes(limit: Int) throws(PipelineError) -> [UInt8] {
        var content: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &piece, piece.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw PipelineError(.user, "cannot read '\(name)': \(SystemFailure.text())")
            }
            if count == 0 { return content }
            content += piece[..<count]
            if content.count > limit {
                let found = size.map { "has \(Figures.bytes($0))" } ?? "goes on"
                throw PipelineError(.user, "'\(name)' \(found), more than the limit of \(Figures.bytes(limit))")
            }
        }
    }

    /// Reads to the end and says where the last whole line ends.
    func wholeLineBytes() throws(PipelineError) -> Int {
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        var offset = 0
        var whole = 0
        while true {
            let count = read(descriptor, &piece, piece.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw PipelineError(.user, "cannot read '\(name)': \(SystemFailure.text())")
            }
            if count == 0 { return whole }
            if let end = piece[..<count].lastIndex(of: UInt8(ascii: "\n")) { whole = offset + end + 1 }
            offset += count
        }
    }

    deinit { close(descriptor) }
}

/// What tells one file from another, whatever its paths.
struct FileIdentity: Sendable, Hashable {
    let device: UInt64
    let number: UInt64
}
