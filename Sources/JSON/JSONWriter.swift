/// Writes JSON texts as bytes: keys in their order, doubles in the shortest form that reads back the same.
///
/// Numbers that JSON cannot say (infinities, not-a-number) are written as `null`.
public struct JSONWriter: Sendable {
    /// What was written.
    public private(set) var bytes: [UInt8] = []
    private let isPretty: Bool
    private var depth = 0

    /// Makes a writer of nothing yet.
    ///
    /// - Parameter pretty: Whether every member and element gets a line of its own.
    public init(pretty: Bool = false) { isPretty = pretty }

    /// Writes a value.
    public mutating func write(_ value: JSONValue) {
        switch value {
        case .null: write(token: "null")
        case .bool(let value): write(token: value ? "true" : "false")
        case .integer(let whole): write(whole)
        case .number(let number): write(number)
        case .string(let text): write(text)
        case .array(let elements):
            writeList(opening: "[", closing: "]", count: elements.count) { writer, index in
                writer.write(elements[index])
            }
        case .object(let members):
            writeList(opening: "{", closing: "}", count: members.count) { writer, index in
                let (key, value) = members[index]
                writer.write(key)
                writer.write(token: writer.isPretty ? ": " : ":")
                writer.write(value)
            }
        }
    }

    /// Writes a text with its quotes.
    public mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        let units = text.utf8Span.span
        var start = 0
        for offset in 0..<units.count {
            let byte = units[offset]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
            append(units, start..<offset)
            start = offset + 1
            switch byte {
            case UInt8(ascii: "\""): write(token: "\\\"")
            case UInt8(ascii: "\\"): write(token: "\\\\")
            case 0x0A: write(token: "\\n")
            case 0x0D: write(token: "\\r")
            case 0x09: write(token: "\\t")
            default:
                write(token: "\\u00")
                bytes.append(Self.digit(byte >> 4))
                bytes.append(Self.digit(byte & 15))
            }
        }
        append(units, start..<units.count)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a number.
    public mutating func write(_ number: Double) {
        // Most rewards are 0 or 1.
        if number == 1 {
            write(token: "1.0")
        } else if number == 0, number.sign == .plus {
            write(token: "0.0")
        } else if number.isFinite {
            append(ascii: "\(number)")
        } else {
            write(token: "null")
        }
    }

    /// Writes a whole number.
    public mutating func write(_ whole: Int64) {
        if (0..<10).contains(whole) {
            bytes.append(UInt8(ascii: "0") + UInt8(whole))
        } else {
            append(ascii: "\(whole)")
        }
    }

    /// Writes what the caller knows to be a part of a JSON text, such as `{` or `,"name":`.
    public mutating func write(token: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: token.utf8Start, count: token.utf8CodeUnitCount))
    }

    /// Ends a line of JSON lines.
    public mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }

    // MARK: -

    private mutating func writeList(
        opening: StaticString, closing: StaticString, count: Int, element: (inout JSONWriter, Int) -> Void
    ) {
        write(token: opening)
        depth += 1
        for index in 0..<count {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            breakLine()
            element(&self, index)
        }
        depth -= 1
        if count > 0 { breakLine() }
        write(token: closing)
    }

    private mutating func breakLine() {
        guard isPretty else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes += repeatElement(UInt8(ascii: " "), count: 2 * depth)
    }

    private mutating func append(_ units: Span<UInt8>, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        units.withUnsafeBufferPointer { bytes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range])) }
    }

    private mutating func append(ascii text: String) {
        let units = text.utf8Span.span
        append(units, 0..<units.count)
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
    }
}
