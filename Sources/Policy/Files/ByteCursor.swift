/// Reads little-endian values one behind the other; nothing is read beyond the end, and no length is believed.
struct ByteCursor {
    let file: FileBytes
    private(set) var offset = 0

    /// How many bytes are left.
    var remaining: Int { file.count - offset }

    /// The next whole number.
    mutating func integer<Value: FixedWidthInteger>(_ type: Value.Type = Value.self) throws(ModelFileError) -> Value {
        let bytes = try take(MemoryLayout<Value>.size)
        return Value(littleEndian: bytes.loadUnaligned(as: Value.self))
    }

    /// The next bytes.
    mutating func take(_ count: Int) throws(ModelFileError) -> UnsafeRawBufferPointer {
        guard count <= remaining else { throw file.error("is cut off at byte \(file.count)") }
        defer { offset += count }
        return try file.bytes(offset..<(offset + count))
    }

    /// A number of things that follow, each of at least so many bytes.
    ///
    /// - Throws: `ModelFileError` when the file cannot hold as many, so that nobody makes room for them.
    mutating func count(of what: String, atLeast bytes: Int, limit: Int) throws(ModelFileError) -> Int {
        let count = try integer(UInt64.self)
        guard count <= UInt64(limit) else { throw file.error("claims \(count) \(what), more than \(limit)") }
        guard Int(count) <= remaining / bytes else {
            throw file.error("claims \(count) \(what), more than it has room for")
        }
        return Int(count)
    }
}
