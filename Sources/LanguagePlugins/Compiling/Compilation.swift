import Sandbox
import Tasks

/// What compiling a program came to.
struct Compilation: Sendable {
    /// What happened; nil for a language that needs no compiling.
    var record: CompileRecord?
    /// What is run; nil for a language that needs no compiling, and for a program that does not compile.
    var artifact: Artifact?
    /// Time spent waiting for a slot.
    var queueTime: Duration
    /// Whether compiling the same again would come to the same.
    var isLasting = true

    /// Whether there is something to run.
    var isRunnable: Bool { record.map { $0.verdict == .accepted } ?? true }
}

/// A compiled program, held so that a run need not copy it through this process.
enum Artifact: Sendable {
    /// Bytes, where there is no cache to hold a file.
    case bytes([UInt8])
    /// A file, whose descriptor goes along with a run.
    case file(FetchedFile)

    /// What a box is given.
    var content: InputFile.Content {
        switch self {
        case .bytes(let bytes): .bytes(bytes)
        case .file(let file): .kept(file)
        }
    }

    /// What holding it costs in memory.
    var heldBytes: Int {
        switch self {
        case .bytes(let bytes): bytes.count
        case .file: 0
        }
    }
}
