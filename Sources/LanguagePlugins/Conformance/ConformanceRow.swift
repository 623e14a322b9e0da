public import Tasks

/// What one example of a plugin should give, and what it gave.
public struct ConformanceRow: Sendable, Hashable {
    /// The language.
    public var language: String
    /// The example's file.
    public var example: String
    /// The verdict that its name promises.
    public var expected: Verdict
    /// The verdict that it got.
    public var actual: Verdict
    /// What a person needs to see why; empty when it passed.
    public var detail: String

    /// Whether it got what its name promises.
    public var passed: Bool { actual == expected }
}
