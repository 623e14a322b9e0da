import Glibc

/// What tells whether a file of the host is still the one it was: a package that is upgraded changes it.
struct FileStamp: Sendable, Hashable {
    let path: String
    let size: Int
    let seconds: Int
    let nanoseconds: Int

    /// The stamp of a file as it is now; one that is not there has a stamp too.
    init(of path: String) {
        var status = stat()
        let isThere = stat(path, &status) == 0
        self.init(
            path: path, size: isThere ? Int(status.st_size) : -1, seconds: isThere ? status.st_mtim.tv_sec : 0,
            nanoseconds: isThere ? status.st_mtim.tv_nsec : 0)
    }

    private init(path: String, size: Int, seconds: Int, nanoseconds: Int) {
        self.path = path
        self.size = size
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// Whether the file is still the same.
    var isCurrent: Bool { FileStamp(of: path) == self }

    /// The stamp in one line.
    var line: String { "\(size) \(seconds) \(nanoseconds) \(path)" }

    /// Reads a stamp's line; nil when it is none.
    init?(line: Substring) {
        let words = line.split(separator: " ", maxSplits: 3)
        guard words.count == 4, let size = Int(words[0]), let seconds = Int(words[1]), let nanoseconds = Int(words[2])
        else { return nil }
        self.init(path: String(words[3]), size: size, seconds: seconds, nanoseconds: nanoseconds)
    }
}
