/// Puts values behind each other.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func number(_ value: Int) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func block(_ block: [UInt8]) {
        number(block.count)
        bytes.append(contentsOf: block)
    }

    mutating func text(_ text: String) { block(Array(text.utf8)) }

    /// Whole nanoseconds.
    mutating func duration(_ duration: Duration) {
        number(Int(duration.components.seconds) * 1_000_000_000 + Int(duration.components.attoseconds / 1_000_000_000))
    }

    mutating func optional<Value>(_ value: Value?, _ write: (inout ByteWriter, Value) -> Void) {
        bytes.append(value == nil ? 0 : 1)
        if let value { write(&self, value) }
    }
}

/// Takes what a `ByteWriter` has put.
struct ByteReader {
    /// The bytes are not what was to be read.
    struct Malformed: Error {}

    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func number() throws(Malformed) -> Int {
        let bytes = try take(8)
        return bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func number32() throws(Malformed) -> Int32 {
        guard let value = Int32(exactly: try number()) else { throw Malformed() }
        return value
    }

    mutating func block() throws(Malformed) -> [UInt8] { Array(try take(try number())) }

    mutating func text() throws(Malformed) -> String {
        let bytes = try take(try number())
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Malformed() }
        return text
    }

    mutating func duration() throws(Malformed) -> Duration { .nanoseconds(Int64(try number())) }

    mutating func optional<Value>(
        _ read: (inout ByteReader) throws(Malformed) -> Value
    ) throws(Malformed) -> Value? {
        switch try take(1).first {
        case 0: return nil
        case 1: return try read(&self)
        default: throw Malformed()
        }
    }

    private mutating func take(_ count: Int) throws(Malformed) -> ArraySlice<UInt8> {
        guard count >= 0, count <= rest.count else { throw Malformed() }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }
}
