/// Short hashes that are the same on every machine and in every run; for telling apart, not for keeping secret.
public enum Fingerprint {
    /// The hash of some texts; the border between two of them counts.
    public static func of(_ texts: String...) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for text in texts {
            // FNV-1a over the bytes, then the length, so that ("ab", "c") and ("a", "bc") differ.
            var count: UInt64 = 0
            for byte in text.utf8 {
                hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
                count += 1
            }
            hash = mix(hash, count)
        }
        return hash
    }

    /// One number that depends on all bits of two.
    ///
    /// Reference: the finaliser of SplitMix64 (Steele, Lea, Flood 2014).
    public static func mix(_ first: UInt64, _ second: UInt64) -> UInt64 {
        var word = first ^ (second &+ 0x9E37_79B9_7F4A_7C15 &+ (first << 6) &+ (first >> 2))
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
