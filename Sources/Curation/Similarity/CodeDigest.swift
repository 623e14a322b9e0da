/// Two numbers that stand for a text: texts with equal ones are taken for the same.
public enum CodeDigest {
    /// The 128 bits of a text.
    public static func digest(_ code: [UInt8]) -> [UInt64] {
        code.withUnsafeBufferPointer { bytes in
            [TextHash.hash(bytes, 0..<bytes.count), TextHash.hash(bytes, 0..<bytes.count, seed: 0x5DEE_CE66)]
        }
    }
}
