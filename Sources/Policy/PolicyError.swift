/// Why a model, a file of it or a step of its training is none.
public struct PolicyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong and where, in one sentence without a period.
    public var description: String

    /// Creates an error.
    public init(_ description: String) { self.description = description }
}
