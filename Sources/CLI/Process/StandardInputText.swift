import Glibc
import Pipeline

/// What `--stdin` means: the content of a file that exists, or the text itself.
enum StandardInputText {
    /// The largest input: 64 MiB.
    static let largest = 64 << 20

    /// The bytes that the program will read.
    static func bytes(_ argument: String) throws(PipelineError) -> [UInt8] {
        guard argument == "-" || access(argument, F_OK) == 0 else { return Array(argument.utf8) }
        return try ReadableFile(argument).bytes(limit: largest)
    }
}
