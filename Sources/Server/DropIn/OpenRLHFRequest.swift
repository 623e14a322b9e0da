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
                let completion = Self.completion(
                    in: queries[index], behind: index < prompts.count ? prompts[index] : "")
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

    // MARK: -

    /// What stands behind the prompt, without the tokens that a tokenizer ends a text with.
    ///
    /// The query is decoded with its special tokens: one may stand before the prompt, and one that stands behind a
    /// closing fence would keep it from closing.
    private static func completion(in query: String, behind prompt: String) -> String {
        var text = query[...]
        if !prompt.isEmpty, let place = query.firstRange(of: prompt) { text = query[place.upperBound...] }
        while let shorter = withoutLastToken(text) { text = shorter }
        return String(text)
    }

    private static let endings = ["</s>", "<eos>", "<end_of_turn>", "<pad>"]
    private static let brackets = [("<|", "|>"), ("<\u{FF5C}", "\u{FF5C}>")]

    /// A text without the special token at its end; nil when there is none.
    private static func withoutLastToken(_ text: Substring) -> Substring? {
        guard let last = text.lastIndex(where: { !$0.isWhitespace }) else { return nil }
        let trimmed = text[...last]
        if let ending = endings.first(where: trimmed.hasSuffix) { return trimmed.dropLast(ending.count) }
        for (opening, closing) in brackets where trimmed.hasSuffix(closing) {
            let inner = trimmed.dropLast(closing.count).suffix(40 + opening.count)
            guard let start = inner.ranges(of: opening).last else { continue }
            let name = inner[start.upperBound...]
            if !name.isEmpty, !name.contains(where: { "<>|\u{FF5C}".contains($0) }) { return text[..<start.lowerBound] }
        }
        return nil
    }
}
