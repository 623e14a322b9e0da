public import JSON
import Tasks

extension RowFormat {
    /// A task as a line of this format.
    ///
    /// Each holds the whole task as one string of JSON where its trainer keeps what the reward function gets, because
    /// some pass on that one string and nothing else.
    ///
    /// - Parameters:
    ///   - split: The name of the part that the line belongs to.
    ///   - place: The number of the snippet in the input, from 0, by which an interrupted run is gone on with.
    public func row(for generated: GeneratedTask, split: String, place: Int) -> JSONObject {
        let task = generated.task
        let text = JSONValue.string(task.json.serialized())
        let messages = JSONValue.array(
            generated.prompt.map { ["role": .string($0.role), "content": .string($0.content)] })
        let origin: JSONObject = [
            "split": .string(split), "index": .integer(Int64(generated.index)), "task_id": .string(task.id),
            "task_kind": .string(task.kind.rawValue), "language": .string(task.language),
            "snippet": .string(generated.snippetID), "place": .integer(Int64(place)),
            "form": .string(generated.form.rawValue),
            "edits": .string(generated.edits.map(\.rawValue).joined(separator: ",")),
        ]
        var row: JSONObject
        switch self {
        case .retort:
            row = ["id": .string(task.id), "prompt": messages, "task": task.json]
            row["edits"] = .array(generated.edits.map { .string($0.rawValue) })
        case .trl:
            row = ["prompt": messages, "task": text]
        case .verl:
            return [
                "data_source": "retort", "prompt": messages, "ability": "code",
                "reward_model": ["style": "rule", "ground_truth": text], "extra_info": .object(origin),
            ]
        case .easyr1:
            // The loader makes one user message of it.
            row = ["problem": .string(generated.prompt.map(\.content).joined(separator: "\n\n")), "answer": text]
        case .openrlhf:
            row = ["input": messages, "label": text, "datasource": "retort"]
        }
        for (key, value) in origin where row[key] == nil { row[key] = value }
        return row
    }

    /// The number of the snippet that a line was made of; nil when the line is none of this format's.
    public func place(of row: JSONObject) -> Int? {
        let holder = self == .verl ? row["extra_info"]?.object : row
        return holder?["place"]?.integer.map(Int.init)
    }
}
