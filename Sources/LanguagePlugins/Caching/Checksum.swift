/// The checksum XXH64, which tells a file that was torn or damaged from a whole one.
///
/// It is no proof against who wants to deceive, and need not be: nobody else can write what is summed up with it. For
/// that it takes a twentieth of the time that SHA-256 takes.
///
/// Reference: Yann Collet, "xxHash fast digest algorithm", 0.1.1, with the seed 0.
struct Checksum: Sendable {
    private static let primes: (UInt64, UInt64, UInt64, UInt64, UInt64) = (
        0x9e37_79b1_85eb_ca87, 0xc2b2_ae3d_27d4_eb4f, 0x1656_67b1_9e37_79f9, 0x85eb_ca77_c2b2_ae63,
        0x27d4_eb2f_1656_67c5
    )

    private var lanes: (UInt64, UInt64, UInt64, UInt64)
    /// Bytes that do not fill a stripe of 32 yet.
    private var pending: [UInt8] = []
    private var length: UInt64 = 0

    init() {
        let (p1, p2, _, _, _) = Self.primes
        lanes = (p1 &+ p2, p2, 0, 0 &- p1)
    }

    /// The checksum of bytes.
    static func of(_ bytes: [UInt8]) -> UInt64 {
        var sum = Checksum()
        bytes.withUnsafeBytes { sum.update($0) }
        return sum.value
    }

    /// Takes more bytes.
    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        length &+= UInt64(bytes.count)
        var rest = bytes[...]
        if !pending.isEmpty {
            let taken = min(32 - pending.count, rest.count)
            pending.append(contentsOf: rest.prefix(taken))
            rest = rest.dropFirst(taken)
            guard pending.count == 32 else { return }
            let full = pending
            full.withUnsafeBytes { takeStripes($0) }
            pending.removeAll(keepingCapacity: true)
        }
        let whole = rest.count / 32 * 32
        takeStripes(UnsafeRawBufferPointer(rebasing: rest.prefix(whole)))
        pending.append(contentsOf: rest.dropFirst(whole))
    }

    /// The checksum of all bytes so far.
    var value: UInt64 {
        let (p1, p2, p3, p4, p5) = Self.primes
        var hash = p5
        if length >= 32 {
            hash =
                rotated(lanes.0, 1) &+ rotated(lanes.1, 7) &+ rotated(lanes.2, 12) &+ rotated(lanes.3, 18)
            for lane in [lanes.0, lanes.1, lanes.2, lanes.3] {
                hash = (hash ^ Self.round(0, lane)) &* p1 &+ p4
            }
        }
        hash &+= length
        var rest = pending[...]
        while rest.count >= 8 {
            let word = rest.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            hash = rotated(hash ^ Self.round(0, word), 27) &* p1 &+ p4
            rest = rest.dropFirst(8)
        }
        if rest.count >= 4 {
            let word = rest.prefix(4).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            hash = rotated(hash ^ (word &* p1), 23) &* p2 &+ p3
            rest = rest.dropFirst(4)
        }
        for byte in rest { hash = rotated(hash ^ (UInt64(byte) &* p5), 11) &* p1 }
        hash = (hash ^ (hash >> 33)) &* p2
        hash = (hash ^ (hash >> 29)) &* p3
        return hash ^ (hash >> 32)
    }

    /// The value as 16 hexadecimal digits.
    var hexadecimal: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    // MARK: -

    private mutating func takeStripes(_ bytes: UnsafeRawBufferPointer) {
        var (a, b, c, d) = lanes
        for at in stride(from: 0, to: bytes.count, by: 32) {
            a = Self.round(a, UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
            b = Self.round(b, UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self)))
            c = Self.round(c, UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at + 16, as: UInt64.self)))
            d = Self.round(d, UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at + 24, as: UInt64.self)))
        }
        lanes = (a, b, c, d)
    }

    @inline(__always)
    private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        rotated(lane &+ word &* primes.1, 31) &* primes.0
    }
}

@inline(__always)
private func rotated(_ word: UInt64, _ count: UInt64) -> UInt64 { word << count | word >> (64 - count) }
