// The library's own composition; Foundation's would be the only other one, and no room below Pipeline has it.
@_spi(_Unicode) import Swift

/// Texts in normal form C.
enum ComposedText {
    /// The composed form of a text in UTF-8.
    static func bytes(_ bytes: [UInt8]) -> [UInt8] {
        if bytes.allSatisfy({ $0 < 0x80 }) { return bytes }
        var composed: [UInt8] = []
        composed.reserveCapacity(bytes.count)
        for scalar in String(decoding: bytes, as: UTF8.self)._nfc { composed += UTF8.encode(scalar) ?? .init() }
        return composed
    }
}
