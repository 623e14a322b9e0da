/// Why an input of curation is none: a graph or a list that cannot be read.
public struct CurationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong and where, in one sentence without a period.
    public var description: String

    /// Creates an error.
    public init(_ description: String) { self.description = description }
}
