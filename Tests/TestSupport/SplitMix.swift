/// Random numbers that are the same in each run with the same seed (SplitMix64), so that a failure can be repeated.
public struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    /// Starts with a seed.
    public init(state: UInt64) { self.state = state }

    /// The next number.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Changes one to three bytes, cuts the end off, or puts bytes in; every second time among the first `near`.
    public mutating func mutate(_ bytes: [UInt8], near: Int) -> [UInt8] {
        var bytes = bytes
        for _ in 0...Int.random(in: 0..<3, using: &self) where !bytes.isEmpty {
            let whole = Bool.random(using: &self)
            let place = Int.random(in: 0..<(whole ? bytes.count : min(near, bytes.count)), using: &self)
            switch Int.random(in: 0..<8, using: &self) {
            case 0: bytes.removeSubrange(place...)
            case 1: bytes.insert(UInt8.random(in: 0...255, using: &self), at: place)
            case 2: bytes.remove(at: place)
            case 3:
                for offset in place..<min(place + 8, bytes.count) { bytes[offset] = 0xFF }
            default: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF, 0x20, 0x7B].randomElement(using: &self) ?? 0
            }
        }
        return bytes
    }
}
