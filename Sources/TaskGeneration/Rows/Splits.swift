/// The parts that tasks are dealt into, by shares; what is alike goes into the same part.
public struct Splits: Sendable, Hashable {
    /// One part.
    public struct Part: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Its share, against the sum of all shares.
        public var share: Double

        /// Makes a part.
        public init(_ name: String, _ share: Double) {
            self.name = name
            self.share = share
        }
    }

    /// The parts.
    public var parts: [Part]

    /// Makes parts.
    ///
    /// - Precondition: There is one with a share above 0.
    public init(_ parts: [Part]) {
        precondition(parts.contains { $0.share > 0 }, "no part has a share")
        self.parts = parts
    }

    /// Everything in one part for training.
    public static let none = Splits([Part("train", 1)])

    /// The part of a cluster: a function of its name and the seed, so that a snippet's part does not depend on what
    /// other snippets there are.
    public func part(of cluster: String, seed: UInt64) -> String {
        var draws = Draws(seed: seed, epoch: 0, snippet: Fingerprint.of(cluster), index: 0).named("split")
        return parts[draws.weighted(parts.map(\.share)) ?? 0].name
    }
}
