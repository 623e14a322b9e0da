/// A hash value of 32 bytes.
struct Digest: Sendable, Hashable {
    let bytes: [UInt8]

    /// The value in lower-case hexadecimal.
    var hexadecimal: String {
        bytes.reduce(into: "") { text, byte in
            text += byte < 16 ? "0" : ""
            text += String(byte, radix: 16)
        }
    }
}
