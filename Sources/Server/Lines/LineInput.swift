import JSON
import Pipeline

/// The lines of standard input, read on a thread of their own.
actor LineInput {
    private let executor = ThreadExecutor(name: "requests")
    private var reader: JSONLineReader

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Makes an input of a descriptor, which stays the caller's.
    init(descriptor: Int32, longestLine: Int) {
        reader = JSONLineReader(descriptor: descriptor, maximumLineLength: longestLine)
    }

    /// The next line; nil at the end, and when nothing more can be read.
    func next() -> JSONLine? { try? reader.next() }
}
