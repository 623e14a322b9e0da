/// One named reward: a pure function of the evidence with values in [0, 1].
///
/// A component that says nothing about a kind of task is 0 there: a trainer needs the same keys, all numbers, for every
/// rollout.
public struct RewardComponent: Sendable {
    /// The name, which is its key in a score line.
    public let name: String
    /// What it measures, in one sentence without a period.
    public let summary: String
    private let measure: @Sendable (Evidence) -> Double

    /// Makes a component.
    public init(_ name: String, _ summary: String, _ measure: @escaping @Sendable (Evidence) -> Double) {
        self.name = name
        self.summary = summary
        self.measure = measure
    }

    /// The component's value, clipped to [0, 1].
    public func value(_ evidence: Evidence) -> Double {
        let value = measure(evidence)
        return value.isNaN ? 0 : min(1, max(0, value))
    }

    /// Every component that a preset may name without options.
    public static let all: [RewardComponent] =
        formatComponents + stdoutComponents + failureComponents + executionComponents + [length(LengthRule())]
}
