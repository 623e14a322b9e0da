import JSON
import Tasks

/// How long a completion may be before it costs.
struct LengthRule: Sendable {
    /// Up to this length the component is 1.
    var soft = 2048
    /// From this length on it is 0; between the two it falls in a straight line.
    var hard = 4096

    /// The longest completion: 1 token is taken for 4 bytes when the tokens were not counted.
    private static let bytesPerToken = 4

    /// Makes the default rule.
    init() {}

    /// Reads `{"name": "length", "soft": 1024, "hard": 2048}`.
    init(_ fields: JSONFields) throws(JSONError) {
        try fields.rejectUnknown(allowed: ["name", "soft", "hard"])
        soft = try fields.optionalInteger("soft") ?? soft
        hard = try fields.optionalInteger("hard") ?? hard
        guard soft >= 0 else { throw fields.error("must not be negative", at: "soft") }
        guard hard > soft else { throw fields.error("\"hard\" (\(hard)) must be above \"soft\" (\(soft))") }
    }

    /// The component's value for a completion.
    func value(_ completion: Completion) -> Double {
        let bytes = completion.text.utf8.count
        let length = completion.tokenCount ?? (bytes + Self.bytesPerToken - 1) / Self.bytesPerToken
        return 1 - Double(max(0, length - soft)) / Double(hard - soft)
    }
}

extension RewardComponent {
    static func length(_ rule: LengthRule) -> RewardComponent {
        RewardComponent("length", "1 up to \(rule.soft) tokens, 0 from \(rule.hard) on, a straight line between") {
            rule.value($0.completion)
        }
    }
}
