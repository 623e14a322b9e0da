import Glibc
import JSON

/// Where an interrupted run is gone on with: behind the whole lines that its output holds.
///
/// Score lines stand in the order of the input, one for each input line that is not blank, so their number says where
/// to go on. A last line without its line feed was torn by a kill; it counts for nothing and is cut off.
public struct ResumePoint: Sendable {
    /// Whole lines, which is also the number of input lines to pass over.
    public private(set) var lines = 0
    /// Where the last whole line ends.
    public private(set) var bytes = 0
    /// The name in the last whole line, to tell whether the output belongs to the input.
    public private(set) var lastID: String?
    /// The sums over the whole lines.
    public private(set) var statistics = ScoreStatistics()

    /// The point at the very beginning.
    public init() {}

    /// Reads the output of an earlier run; a file that does not exist is the beginning.
    ///
    /// - Throws: `PipelineError` when the file cannot be read or holds something other than score lines.
    public init(readingOutput path: String) throws(PipelineError) {
        guard access(path, F_OK) == 0 else { return }
        let file = try ReadableFile(path)
        guard let size = file.size else {
            throw PipelineError(.user, "'\(path)' is not a regular file", hint: "--resume needs an --output file")
        }
        bytes = try file.wholeLineBytes()
        guard lseek(file.descriptor, 0, SEEK_SET) == 0 else {
            throw PipelineError(.user, "cannot read '\(path)': \(SystemFailure.text())")
        }
        var reader = JSONLineReader(descriptor: file.descriptor)
        do throws(JSONError) {
            // One line is held back: the last one may be torn, and only the end of the file tells which is the last.
            var held = try reader.next()
            while let line = held {
                held = try reader.next()
                if held == nil && bytes < size { break }
                try add(line.parse())
            }
        } catch {
            throw PipelineError(
                .user,
                "'\(path)' line \(lines + 1) is no score line: \(error.message)",
                hint: "--resume goes on after the output of an earlier 'retort score'"
            )
        }
    }

    private mutating func add(_ value: JSONValue) throws(JSONError) {
        guard let object = value.object, object["infra_error"] != nil, object["reward"] != nil else {
            throw JSONError("expected an object with the keys reward and infra_error")
        }
        lines += 1
        lastID = object["id"]?.string
        statistics.addResumed(object)
    }
}
