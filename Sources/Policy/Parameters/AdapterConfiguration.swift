/// Low-rank adapters: matrices W are used as W + (alpha / rank) B A, of which only A and B learn.
///
/// Reference: LoRA (arXiv:2106.09685).
public struct AdapterConfiguration: Sendable, Hashable {
    /// Rows of A and columns of B.
    public var rank: Int
    /// What the product is scaled by, times the rank.
    public var alpha: Float
    /// The matrices that have an adapter, in every layer.
    public var modules: Set<AdapterModule>

    /// Creates a configuration.
    public init(rank: Int = 16, alpha: Float = 32, modules: Set<AdapterModule> = Set(AdapterModule.allCases)) {
        self.rank = rank
        self.alpha = alpha
        self.modules = modules
    }

    /// What the product B A is scaled by.
    public var scale: Float { alpha / Float(rank) }

    /// Refuses what no adapter can be.
    public func validate() throws(PolicyError) {
        guard rank >= 1, rank <= 4096 else {
            throw PolicyError("an adapter of rank \(rank) is none: it is between 1 and 4096")
        }
        guard alpha.isFinite else { throw PolicyError("an adapter with an alpha of \(alpha) is none") }
        guard !modules.isEmpty else { throw PolicyError("an adapter without modules learns nothing") }
    }
}
