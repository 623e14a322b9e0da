import Glibc

/// The bytes of a file, mapped into memory and never changed.
///
/// Weights are read where they lie, so a model of a gigabyte costs the pages that are looked at.
public final class FileBytes: @unchecked Sendable {
    // SAFETY: the memory is written by nobody after `init` and unmapped or freed only by `deinit`.

    /// What messages call it.
    public let name: String
    /// The number of bytes.
    public let count: Int
    private let start: UnsafeRawPointer?
    private let isMapped: Bool

    /// Maps a file.
    ///
    /// - Throws: `ModelFileError` when it cannot be read or is no regular file.
    public init(_ path: String) throws(ModelFileError) {
        name = path
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ModelFileError("cannot be read: \(Self.failure())", file: path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw ModelFileError("is no regular file", file: path)
        }
        count = Int(status.st_size)
        isMapped = true
        guard count > 0 else {
            start = nil
            return
        }
        guard let mapped = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), mapped != MAP_FAILED else {
            throw ModelFileError("cannot be mapped: \(Self.failure())", file: path)
        }
        start = UnsafeRawPointer(mapped)
    }

    /// Copies bytes that came from somewhere else.
    public init(_ bytes: [UInt8], name: String = "") {
        self.name = name
        count = bytes.count
        isMapped = false
        let copy = UnsafeMutableRawPointer.allocate(byteCount: max(1, bytes.count), alignment: 64)
        bytes.withUnsafeBytes {
            copy.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(copy), byteCount: bytes.count)
        }
        start = UnsafeRawPointer(copy)
    }

    deinit {
        guard let start else { return }
        if isMapped {
            munmap(UnsafeMutableRawPointer(mutating: start), count)
        } else {
            start.deallocate()
        }
    }

    /// The bytes of a range, which the caller may use as long as this object lives.
    ///
    /// - Throws: `ModelFileError` when the range reaches beyond the file.
    func bytes(_ range: Range<Int>) throws(ModelFileError) -> UnsafeRawBufferPointer {
        guard range.lowerBound >= 0, range.upperBound <= count else {
            throw error("ends at byte \(count), before \(range.upperBound)")
        }
        guard let start, !range.isEmpty else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(start: start + range.lowerBound, count: range.count)
    }

    /// An error about this file.
    func error(_ message: String) -> ModelFileError { ModelFileError(message, file: name) }

    /// The system's words for the call that failed last.
    static func failure() -> String { strerror(errno).map { String(cString: $0) } ?? "errno \(errno)" }
}
