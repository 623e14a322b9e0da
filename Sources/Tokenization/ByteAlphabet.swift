/// The characters that files write bytes with: each byte is one that can be seen.
///
/// Reference: `bytes_to_unicode` of GPT-2 (Radford and others, 2019).
enum ByteAlphabet {
    /// The byte of each character.
    static let bytes: [Unicode.Scalar: UInt8] = {
        var bytes: [Unicode.Scalar: UInt8] = [:]
        var next: UInt32 = 0x100
        for byte in UInt8.min...UInt8.max {
            let isSeen = (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || byte >= 0xAE
            if isSeen {
                bytes[Unicode.Scalar(byte)] = byte
            } else if let scalar = Unicode.Scalar(next) {
                bytes[scalar] = byte
                next += 1
            }
        }
        return bytes
    }()

    /// The bytes that a token's text stands for; a text that is not written in the alphabet stands for itself.
    static func spelling(of token: String) -> [UInt8] {
        var spelling: [UInt8] = []
        for scalar in token.unicodeScalars {
            guard let byte = bytes[scalar] else { return Array(token.utf8) }
            spelling.append(byte)
        }
        return spelling
    }
}
