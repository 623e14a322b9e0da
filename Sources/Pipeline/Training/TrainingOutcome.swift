import JSON

/// What a run came to.
public struct TrainingOutcome: Sendable {
    /// Steps of learning from scores.
    public var steps: Int
    /// Tokens that were learnt from.
    public var tokens: Int
    /// The folder of the model.
    public var model: String
    /// How the held-out tasks went in the last evaluation against the first one.
    var changes: [HeldOutChange]

    /// How held-out tasks went, for a person; nil where nothing was compared.
    public var comparison: String? {
        guard !changes.isEmpty else { return nil }
        return "held-out tasks, each against itself: " + changes.map(\.text).joined(separator: ", ")
    }
}

extension TrainingOutcome {
    /// The figures as one line of JSON.
    public var json: String {
        JSONValue.object([
            "steps": .integer(Int64(steps)), "num_tokens": .integer(Int64(tokens)), "model": .string(model),
            "changes": .object(JSONObject(changes.map { ($0.name, $0.interval.json) })),
        ]).serialized()
    }
}
