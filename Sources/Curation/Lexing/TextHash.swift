/// Numbers of 64 bits that stand for texts: equal texts have equal ones, and different texts practically never.
enum TextHash {
    /// The number of a range of bytes.
    @inline(__always)
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, seed: UInt64 = 0) -> UInt64 {
        var state = seed ^ UInt64(truncatingIfNeeded: range.count) &* 0x9E37_79B9_7F4A_7C15
        var place = range.lowerBound
        while place &+ 8 <= range.upperBound {
            let word = UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped)
                .loadUnaligned(fromByteOffset: place, as: UInt64.self)
            state = RandomSource.mix(state ^ word)
            place &+= 8
        }
        var last: UInt64 = 0
        while place < range.upperBound {
            last = last << 8 | UInt64(bytes[place])
            place &+= 1
        }
        return RandomSource.mix(state &+ last &* 0xD6E8_FEB8_6659_FD93)
    }

    /// The number of a sequence of numbers.
    @inline(__always)
    static func combine(_ first: UInt64, _ second: UInt64) -> UInt64 {
        RandomSource.mix((first << 23 | first >> 41) &+ second &* 0x9FB2_1C65_1E98_DF25)
    }
}
