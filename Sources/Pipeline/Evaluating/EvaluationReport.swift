import JSON

/// What an evaluation found, for people and for programs.
public struct EvaluationReport: Sendable {
    /// A table.
    public let text: String
    /// One line of JSON.
    public let json: String

    init(_ result: EvaluationResult) {
        text = result.text
        json = JSONValue.object(result.json).serialized()
    }
}
