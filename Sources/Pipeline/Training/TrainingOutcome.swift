import JSON

/// What a run came to.
public struct TrainingOutcome: Sendable, Hashable {
    /// Steps of learning from scores.
    public var steps: Int
    /// Tokens that were learnt from.
    public var tokens: Int
    /// The folder of the model.
    public var model: String
}

extension TrainingOutcome {
    /// The figures as one line of JSON.
    public var json: String {
        JSONValue.object([
            "steps": .integer(Int64(steps)), "num_tokens": .integer(Int64(tokens)), "model": .string(model),
        ]).serialized()
    }
}
