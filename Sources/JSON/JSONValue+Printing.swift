extension JSONValue {
    /// The value as JSON text: keys in their order, doubles in the shortest form that reads back the same.
    ///
    /// Numbers that JSON cannot say (infinities, not-a-number) are printed as `null`.
    public func serialized(pretty: Bool = false) -> String {
        String(decoding: serializedBytes(pretty: pretty), as: UTF8.self)
    }

    /// The value as the bytes of a JSON text.
    public func serializedBytes(pretty: Bool = false) -> [UInt8] {
        var writer = JSONWriter(isPretty: pretty)
        writer.write(self)
        return writer.bytes
    }
}

// MARK: -

private struct JSONWriter {
    var bytes: [UInt8] = []
    let isPretty: Bool
    private var depth = 0

    init(isPretty: Bool) { self.isPretty = isPretty }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .integer(let whole): bytes += String(whole).utf8
        case .number(let number): bytes += (number.isFinite ? "\(number)" : "null").utf8
        case .string(let text): write(text)
        case .array(let elements):
            writeList(opening: "[", closing: "]", count: elements.count) { writer, index in
                writer.write(elements[index])
            }
        case .object(let members):
            writeList(opening: "{", closing: "}", count: members.count) { writer, index in
                let (key, value) = members[index]
                writer.write(key)
                writer.bytes += (writer.isPretty ? ": " : ":").utf8
                writer.write(value)
            }
        }
    }

    private mutating func writeList(
        opening: String, closing: String, count: Int, element: (inout JSONWriter, Int) -> Void
    ) {
        bytes += opening.utf8
        depth += 1
        for index in 0..<count {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            breakLine()
            element(&self, index)
        }
        depth -= 1
        if count > 0 { breakLine() }
        bytes += closing.utf8
    }

    private mutating func breakLine() {
        guard isPretty else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes += repeatElement(UInt8(ascii: " "), count: 2 * depth)
    }

    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes += "\\\"".utf8
            case UInt8(ascii: "\\"): bytes += "\\\\".utf8
            case 0x0A: bytes += "\\n".utf8
            case 0x0D: bytes += "\\r".utf8
            case 0x09: bytes += "\\t".utf8
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                bytes += "\\u00".utf8
                bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
