/// How the numbers of a tensor lie in a file.
///
/// Quantised encodings hold blocks of 32 numbers that lie beside one another in a row.
/// Reference: `ggml-common.h` and `ggml-quants.c` of llama.cpp (block layouts).
public enum WeightEncoding: UInt32, Sendable, Hashable, CaseIterable {
    case f32 = 0
    case f16 = 1
    /// A scale and 4-bit numbers, of which 8 is zero.
    case q4_0 = 2
    /// A scale, a least number and 4-bit numbers.
    case q4_1 = 3
    /// A scale and 8-bit numbers.
    case q8_0 = 8
    /// The upper half of a 32-bit number.
    case bf16 = 30

    /// The numbers of a block.
    public var blockSize: Int {
        switch self {
        case .f32, .f16, .bf16: 1
        case .q4_0, .q4_1, .q8_0: 32
        }
    }

    /// The bytes of a block.
    public var blockBytes: Int {
        switch self {
        case .f32: 4
        case .f16, .bf16: 2
        case .q4_0: 18
        case .q4_1: 20
        case .q8_0: 34
        }
    }

    /// Decodes whole blocks.
    ///
    /// - Precondition: The source holds exactly the blocks of as many numbers as the destination has room for.
    func decode(_ source: UnsafeRawBufferPointer, into destination: UnsafeMutableBufferPointer<Float>) {
        precondition(
            destination.count % blockSize == 0 && source.count == destination.count / blockSize * blockBytes,
            "\(source.count) bytes are not \(destination.count) numbers of \(self)")
        switch self {
        case .f32:
            for index in destination.indices {
                let bits = source.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
                destination[index] = Float(bitPattern: UInt32(littleEndian: bits))
            }
        case .bf16:
            for index in destination.indices {
                let bits = UInt16(littleEndian: source.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self))
                destination[index] = Float(bitPattern: UInt32(bits) << 16)
            }
        case .f16:
            for index in destination.indices { destination[index] = Self.half(source, at: 2 * index) }
        case .q4_0:
            for block in 0..<(destination.count / 32) {
                let start = block * 18
                let scale = Self.half(source, at: start)
                for place in 0..<16 {
                    let pair = source[start + 2 + place]
                    destination[block * 32 + place] = scale * Float(Int(pair & 15) - 8)
                    destination[block * 32 + place + 16] = scale * Float(Int(pair >> 4) - 8)
                }
            }
        case .q4_1:
            for block in 0..<(destination.count / 32) {
                let start = block * 20
                let scale = Self.half(source, at: start)
                let least = Self.half(source, at: start + 2)
                for place in 0..<16 {
                    let pair = source[start + 4 + place]
                    // The product of a half and a 4-bit number is exact, so fusing the addition would change nothing.
                    destination[block * 32 + place] = scale * Float(pair & 15) + least
                    destination[block * 32 + place + 16] = scale * Float(pair >> 4) + least
                }
            }
        case .q8_0:
            for block in 0..<(destination.count / 32) {
                let start = block * 34
                let scale = Self.half(source, at: start)
                for place in 0..<32 {
                    destination[block * 32 + place] = scale * Float(Int8(bitPattern: source[start + 2 + place]))
                }
            }
        }
    }

    private static func half(_ source: UnsafeRawBufferPointer, at offset: Int) -> Float {
        let bits = UInt16(littleEndian: source.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
        return Float(Float16(bitPattern: bits))
    }
}
