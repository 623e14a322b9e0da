import JSON
import Policy
import TaskGeneration
import Tasks

/// A line of a file of tasks.
struct TaskRow: Sendable {
    /// The task.
    var task: CodeTask
    /// The conversation that puts it.
    var messages: [PromptMessage]
    /// What it was made of, so that what is alike goes into one part.
    var origin: String
    /// The part that it says it belongs to; empty for none.
    var split: String

    /// Reads the rows of a file that `retort generate` wrote, or of tasks by themselves.
    ///
    /// A row of CRUXEval gives two: one that asks for the output and one that asks for the input.
    ///
    /// - Throws: `PipelineError` with the line of what is wrong.
    static func read(_ path: String) throws(PipelineError) -> [TaskRow] {
        let file = try ReadableFile(path)
        var rows: [TaskRow] = []
        do throws(JSONError) {
            var reader = JSONLineReader(descriptor: file.descriptor)
            while let line = try reader.next() {
                do throws(TaskError) {
                    rows += try Self.rows(try parse(line), number: line.number)
                } catch {
                    throw JSONError(error.description, line: error.cause.line == 0 ? line.number : 0)
                }
            }
        } catch {
            throw PipelineError(.user, "'\(path)': \(error.description)")
        }
        guard !rows.isEmpty else { throw PipelineError(.user, "'\(path)' holds no tasks") }
        return rows
    }

    /// The line of a task.
    var line: JSONObject {
        [
            "task": task.json, "snippet": .string(origin), "split": .string(split),
            "prompt": .array(messages.map { ["role": .string($0.role), "content": .string($0.content)] }),
        ]
    }

    /// Writes a file of tasks, whole or not at all.
    static func write(_ rows: [TaskRow], to path: String) throws(PipelineError) {
        do throws(ModelFileError) {
            try WholeFile.write(path, rows.flatMap { JSONValue.object($0.line).serializedBytes() + [0x0A] })
        } catch {
            throw PipelineError(error)
        }
    }

    private static func parse(_ line: JSONLine) throws(TaskError) -> JSONValue {
        do throws(JSONError) { return try line.parse() } catch { throw TaskError(error) }
    }

    private static func rows(_ json: JSONValue, number: Int) throws(TaskError) -> [TaskRow] {
        if let code = json["code"]?.string, let input = json["input"]?.string, let output = json["output"]?.string {
            return cruxeval(json["id"]?.string ?? "line \(number)", code: code, input: input, output: output)
        }
        let task = try CodeTask(reading: json["task"] ?? json)
        var messages: [PromptMessage] = []
        for message in json["prompt"]?.array ?? [] {
            guard let role = message["role"]?.string, let content = message["content"]?.string else { continue }
            messages.append(PromptMessage(role: role, content: content))
        }
        if messages.isEmpty { messages = AnswerFormat.prompt(for: task) }
        return [
            TaskRow(
                task: task, messages: messages,
                origin: json["cluster"]?.string ?? json["snippet"]?.string
                    ?? String(task.id.prefix { $0 != "#" }),
                split: json["split"]?.string ?? "")
        ]
    }

    private static func cruxeval(_ id: String, code: String, input: String, output: String) -> [TaskRow] {
        [TaskKind.forward, .input].map { kind in
            let task = CodeTask(
                id: "\(id)-\(kind.rawValue)", kind: kind, language: "python", program: code + "\n", call: "f(\(input))",
                truth: Truth(stdout: output + "\n"), comparator: .json)
            return TaskRow(task: task, messages: AnswerFormat.prompt(for: task), origin: id, split: "")
        }
    }
}

extension TaskRow {
    /// Takes a task that was made just now.
    init(_ made: GeneratedTask) {
        self.init(task: made.task, messages: made.prompt, origin: made.snippetID, split: "")
    }
}
