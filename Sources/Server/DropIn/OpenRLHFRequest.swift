import JSON
import Pipeline

/// A request as OpenRLHF sends it to a remote reward: `{"query": [...], "prompts": [...], "labels": [...]}`.
struct OpenRLHFRequest: Sendable {
    /// The rollouts: the text behind each prompt, and the task that its label holds.
    var items: [JSONValue]

    /// Reads a request; empty lists are one too, for of several servers all but one get them.
    init(_ json: JSONValue) throws(ServiceProblem) {
        do throws(JSONError) {
            let fields = try JSONFields(json)
            let queries = try fields.strings("query")
            let prompts = try fields.optionalStrings("prompts") ?? []
            let labels = try fields.optionalStrings("labels") ?? []
            guard labels.count == queries.count else {
                throw fields.error("has \(labels.count) elements, and \"query\" \(queries.count)", at: "labels")
            }
            guard prompts.isEmpty || prompts.count == queries.count else {
                throw fields.error("has \(prompts.count) elements, and \"query\" \(queries.count)", at: "prompts")
            }
            items = queries.indices.map { index in
                var completion = queries[index]
                if index < prompts.count, completion.hasPrefix(prompts[index]) {
                    completion = String(completion.dropFirst(prompts[index].count))
                }
                return [
                    "id": .string(String(index)), "task": .string(labels[index]), "completion": .string(completion),
                ]
            }
        } catch {
            throw ServiceProblem(error)
        }
    }

    /// The answer: rewards as they are, scores between 0 and 1 for filtering, and every component for the log.
    func answer(_ lines: [JSONObject]) -> JSONObject {
        var logs: JSONObject = [:]
        for line in lines {
            for (name, value) in line where !ScoreLine.ownKeys.contains(name) || name == "exec_ms" || name == "queue_ms"
            {
                logs[name] = .array((logs[name]?.array ?? []) + [value])
            }
        }
        return [
            "rewards": .array(lines.map { $0["reward"] ?? .null }),
            "scores": .array(lines.map { .number(min(1, max(0, $0["reward"]?.double ?? 0))) }),
            "extra_logs": .object(logs),
        ]
    }
}
