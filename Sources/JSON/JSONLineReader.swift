import Glibc

/// Reads JSON lines from a file descriptor, in memory that does not grow with the file.
///
/// Blank lines are counted and passed over, a byte order mark and carriage returns at line ends are dropped. A line
/// beyond the limit comes as one error without being held in memory; the next call goes on behind it.
public struct JSONLineReader: ~Copyable {
    private let descriptor: Int32
    private let maximumLineLength: Int
    private var buffer: [UInt8]
    private var unread: Range<Int> = 0..<0
    private var lineNumber = 0
    private var isAtEnd = false

    /// Makes a reader of a descriptor, which stays the caller's to close.
    ///
    /// - Parameter maximumLineLength: The most bytes of one line.
    public init(descriptor: Int32, maximumLineLength: Int = 64 << 20) {
        self.descriptor = descriptor
        self.maximumLineLength = maximumLineLength
        self.buffer = [UInt8](repeating: 0, count: 1 << 17)
    }

    /// The next line that is not blank, or nil at the end.
    ///
    /// Blocks until there is one.
    ///
    /// - Throws: `JSONError` when the descriptor cannot be read (a directory, a device error). A line that is too long
    ///   is not thrown: it is a `JSONLine` that holds its error.
    public mutating func next() throws(JSONError) -> JSONLine? {
        while let line = try nextLine() {
            if !Self.isBlank(line) { return line }
        }
        return nil
    }

    /// The next line that is not blank, when it has been read whole already; nil when more would have to be read.
    ///
    /// Never blocks.
    public mutating func nextBuffered() throws(JSONError) -> JSONLine? {
        while firstLineEnd != nil, let line = try nextLine() {
            if !Self.isBlank(line) { return line }
        }
        return nil
    }

    // MARK: -

    private static func isBlank(_ line: JSONLine) -> Bool {
        guard case .success(let bytes) = line.content else { return false }
        return bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }

    /// Where the first line end stands in what is unread.
    private var firstLineEnd: Int? {
        buffer.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress,
                let found = memchr(start + unread.lowerBound, Int32(UInt8(ascii: "\n")), unread.count)
            else { return nil }
            return UnsafeRawPointer(found) - start
        }
    }

    private mutating func nextLine() throws(JSONError) -> JSONLine? {
        var line: [UInt8] = []
        var length = 0
        while true {
            if unread.isEmpty {
                try fill()
                if unread.isEmpty {
                    guard length > 0 else { return nil }
                    break
                }
            }
            let end = firstLineEnd
            let piece = unread.lowerBound..<(end ?? unread.upperBound)
            length += piece.count
            if length <= maximumLineLength { line += buffer[piece] } else { line = [] }
            unread = (end.map { $0 + 1 } ?? unread.upperBound)..<unread.upperBound
            if end != nil { break }
        }
        lineNumber += 1
        guard length <= maximumLineLength else {
            let message = "the line has \(length) bytes, more than the limit of \(maximumLineLength)"
            return JSONLine(number: lineNumber, content: .failure(JSONError(message, line: lineNumber, column: 1)))
        }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        if lineNumber == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        return JSONLine(number: lineNumber, content: .success(line))
    }

    private mutating func fill() throws(JSONError) {
        guard !isAtEnd else { return }
        while true {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                unread = 0..<count
                isAtEnd = count == 0
                return
            }
            let code = errno
            if code == EINTR { continue }
            throw JSONError("cannot read: \(String(cString: strerror(code)))", line: lineNumber + 1, column: 1)
        }
    }
}
