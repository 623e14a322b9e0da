import Glibc

/// Numbers that look random and depend on a seed alone.
///
/// Reference: Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014), SplitMix64.
struct RandomSource {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// The next 64 bits.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    /// A number from 0 to below 1.
    mutating func nextUnit() -> Float { Float(next() >> 40) * 0x1p-24 }

    /// A number of the standard normal distribution.
    mutating func nextNormal() -> Float {
        // One minus the number, because a logarithm follows.
        let radius = (-2 * log(1 - Double(next() >> 11) * 0x1p-53)).squareRoot()
        return Float(radius * cos(2 * Double.pi * Double(next() >> 11) * 0x1p-53))
    }

    /// Spreads the bits of a number over all of its bits, one to one.
    static func mix(_ number: UInt64) -> UInt64 {
        var mixed = number
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
