/// A counter-based generator: a block of the sequence is a function of its number and of a key, and of nothing before it.
///
/// So a draw can be made again by anybody who knows its key, on any machine, without making those before it.
/// Reference: Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3 (SC 2011), Philox4x32-10.
enum Philox {
    private static let multipliers: (UInt32, UInt32) = (0xD251_1F53, 0xCD9E_8D57)
    private static let weyl: (UInt32, UInt32) = (0x9E37_79B9, 0xBB67_AE85)

    /// The four words of a block.
    static func block(counter: (UInt32, UInt32, UInt32, UInt32), key: (UInt32, UInt32)) -> (
        UInt32, UInt32, UInt32, UInt32
    ) {
        var words = counter
        var key = key
        for _ in 0..<10 {
            let left = UInt64(multipliers.0) * UInt64(words.0)
            let right = UInt64(multipliers.1) * UInt64(words.2)
            words = (
                UInt32(truncatingIfNeeded: right >> 32) ^ words.1 ^ key.0, UInt32(truncatingIfNeeded: right),
                UInt32(truncatingIfNeeded: left >> 32) ^ words.3 ^ key.1, UInt32(truncatingIfNeeded: left)
            )
            key = (key.0 &+ weyl.0, key.1 &+ weyl.1)
        }
        return words
    }
}
