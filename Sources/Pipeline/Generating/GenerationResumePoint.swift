import Glibc
import JSON
public import TaskGeneration

/// Where an interrupted run of `generate` is gone on with: behind the tasks of the last snippet that is surely complete.
///
/// A snippet gives any number of lines, and a kill may have come between two of them. So the lines of the last snippet
/// in the output are cut off and made anew; they come out the same.
public struct GenerationResumePoint: Sendable, Hashable {
    /// How many entries of the input are passed over.
    public private(set) var snippets = 0
    /// Where the lines that are kept end.
    public private(set) var bytes = 0

    /// The point at the very beginning.
    public init() {}

    /// Reads the output of an earlier run; a file that does not exist is the beginning.
    ///
    /// - Throws: `PipelineError` when the file cannot be read or holds something other than tasks of this format.
    public init(readingOutput path: String, format: RowFormat) throws(PipelineError) {
        guard access(path, F_OK) == 0 else { return }
        let file = try ReadableFile(path)
        guard file.size != nil else {
            throw PipelineError(.user, "'\(path)' is not a regular file", hint: "--resume needs an --output file")
        }
        let whole = try file.wholeLineBytes()
        guard lseek(file.descriptor, 0, SEEK_SET) == 0 else {
            throw PipelineError(.user, "cannot read '\(path)': \(SystemFailure.text())")
        }
        var reader = JSONLineReader(descriptor: file.descriptor)
        var offset = 0
        var number = 0
        do throws(JSONError) {
            while offset < whole, let line = try reader.next() {
                number += 1
                let value = try line.parse()
                guard let object = value.object, let place = format.place(of: object) else {
                    throw JSONError("expected a line that 'retort generate --format \(format.rawValue)' wrote")
                }
                if place != snippets || number == 1 {
                    snippets = place
                    bytes = offset
                }
                offset += try line.content.get().count + 1
            }
        } catch {
            throw PipelineError(
                .user, "'\(path)' line \(number) is no task: \(error.message)",
                hint: "--resume goes on after the output of an earlier 'retort generate' with the same --format")
        }
    }
}
