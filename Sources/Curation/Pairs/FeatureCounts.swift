/// How often features occur, in a table of fixed size: features that share a place count together.
///
/// An order by these counts puts the rarest first nearly always, and is the same order for all sets, which is all that
/// a join needs of it.
struct FeatureCounts: Sendable {
    private let counts: [UInt32]
    private let shift: UInt64

    init(_ sets: FeatureSets) {
        var bits = 10
        while 1 << bits < 2 * sets.features.count && bits < 27 { bits += 1 }
        var counts = [UInt32](repeating: 0, count: 1 << bits)
        let shift = UInt64(64 - bits)
        counts.withUnsafeMutableBufferPointer { counts in
            for feature in sets.features { counts[Int(Self.spread(feature) >> shift)] &+= 1 }
        }
        self.counts = counts
        self.shift = shift
    }

    /// How often a feature occurs, or more.
    @inline(__always)
    subscript(feature: UInt64) -> UInt32 { counts[Int(Self.spread(feature) >> shift)] }

    /// Other bits than those by which the lists of a join are numbered.
    @inline(__always)
    private static func spread(_ feature: UInt64) -> UInt64 { feature &* 0x9E37_79B9_7F4A_7C15 }
}
