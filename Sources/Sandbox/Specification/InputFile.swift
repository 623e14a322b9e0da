/// A file put into the working folder of a box before its command starts.
public struct InputFile: Sendable {
    /// Where the bytes come from.
    public enum Content: Sendable {
        /// Bytes in memory.
        case bytes([UInt8])
        /// An open, readable descriptor that the caller keeps open until the run has ended; `size` bytes are copied from its start.
        case file(descriptor: Int32, size: Int)
        /// A file that is given to run after run and is the same each time: a slot keeps the last one, which a run can read and
        /// execute and not change, and is a copy of its own only where the slot cannot keep anything from its runs.
        case kept(FetchedFile)
    }

    /// The path relative to the working folder; `..`, absolute paths and links are refused.
    public var path: String
    /// Where the bytes come from.
    public var content: Content
    /// Whether the file may be executed.
    public var isExecutable: Bool

    /// Creates an input file.
    public init(path: String, content: Content, isExecutable: Bool = false) {
        self.path = path
        self.content = content
        self.isExecutable = isExecutable
    }

    /// The number of bytes of the file.
    public var size: Int {
        switch content {
        case .bytes(let bytes): bytes.count
        case .file(_, let size): size
        case .kept(let file): file.size
        }
    }
}
