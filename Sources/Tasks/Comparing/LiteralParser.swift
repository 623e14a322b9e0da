/// Reads JSON and the literals that Python's `repr` prints.
struct LiteralParser {
    private let bytes: [UInt8]
    private var cursor = 0
    private var depth = 0

    /// Makes a parser of a text.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Reads the whole text; nil when it is not one literal.
    mutating func parse() -> Literal? {
        guard let value = value() else { return nil }
        skipBlanks()
        return cursor == bytes.count ? value : nil
    }

    // MARK: -

    private mutating func value() -> Literal? {
        skipBlanks()
        guard cursor < bytes.count, depth < 200 else { return nil }
        depth += 1
        defer { depth -= 1 }
        switch bytes[cursor] {
        case UInt8(ascii: "["):
            return elements(until: UInt8(ascii: "]")).map { .list($0.values) }
        case UInt8(ascii: "("):
            guard let group = elements(until: UInt8(ascii: ")")) else { return nil }
            // (1) is 1, (1,) is a tuple.
            return group.values.count == 1 && !group.hasComma ? group.values[0] : .list(group.values)
        case UInt8(ascii: "{"):
            return setOrDictionary()
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            return quoted(isRaw: false).map(Literal.text)
        default:
            return wordOrNumber()
        }
    }

    private mutating func elements(until end: UInt8) -> (values: [Literal], hasComma: Bool)? {
        cursor += 1
        var values: [Literal] = []
        var hasComma = false
        while true {
            if take(end) { return (values, hasComma) }
            guard values.isEmpty || hasComma, let next = value() else { return nil }
            values.append(next)
            if take(UInt8(ascii: ",")) {
                hasComma = true
            } else {
                return take(end) ? (values, values.count > 1) : nil
            }
        }
    }

    private mutating func setOrDictionary() -> Literal? {
        cursor += 1
        let end = UInt8(ascii: "}")
        if take(end) { return .dictionary([:]) }
        guard let first = value() else { return nil }
        if take(UInt8(ascii: ":")) {
            guard let firstValue = value() else { return nil }
            var members = [first: firstValue]
            while !take(end) {
                guard take(UInt8(ascii: ",")) else { return nil }
                if take(end) { break }
                guard let key = value(), take(UInt8(ascii: ":")), let member = value() else { return nil }
                members[key] = member
            }
            return .dictionary(members)
        }
        var members: Set = [first]
        while !take(end) {
            guard take(UInt8(ascii: ",")) else { return nil }
            if take(end) { break }
            guard let member = value() else { return nil }
            members.insert(member)
        }
        return .set(members)
    }

    private mutating func wordOrNumber() -> Literal? {
        let start = cursor
        while cursor < bytes.count, Self.isWordByte(bytes[cursor]) { cursor += 1 }
        let word = String(decoding: bytes[start..<cursor], as: UTF8.self)
        switch word {
        case "None", "null": return .null
        case "True", "true": return .bool(true)
        case "False", "false": return .bool(false)
        case "nan", "NaN": return .text(Array("nan".utf8))
        case "inf", "Infinity": return .number(.infinity)
        case "-inf", "-Infinity": return .number(-.infinity)
        case "b", "B": return quoted(isRaw: false, isBytes: true).map(Literal.bytes)
        case "r", "R": return quoted(isRaw: true).map(Literal.text)
        case "u", "U": return quoted(isRaw: false).map(Literal.text)
        case "set", "frozenset":
            guard cursor < bytes.count, bytes[cursor] == UInt8(ascii: "("),
                let group = elements(until: UInt8(ascii: ")"))
            else { return nil }
            switch group.values.first {
            case nil: return .set([])
            case .set(let members): return .set(members)
            case .list(let members): return .set(Set(members))
            default: return nil
            }
        default:
            if let whole = NumberText.wholeNumber(word.utf8) { return .whole(whole) }
            // Hexadecimal and the like are read by Swift but printed by nobody.
            guard word.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), let number = Double(word) else {
                return nil
            }
            return Literal.value(of: number)
        }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// Reads a quoted text at the cursor, with the escapes of JSON and Python.
    private mutating func quoted(isRaw: Bool, isBytes: Bool = false) -> [UInt8]? {
        guard cursor < bytes.count, bytes[cursor] == UInt8(ascii: "\"") || bytes[cursor] == UInt8(ascii: "'") else {
            return nil
        }
        let quote = bytes[cursor]
        cursor += 1
        var text: [UInt8] = []
        while cursor < bytes.count {
            let byte = bytes[cursor]
            cursor += 1
            if byte == quote { return text }
            guard byte == UInt8(ascii: "\\"), !isRaw else {
                text.append(byte)
                continue
            }
            guard let escaped = escape(isBytes: isBytes) else { return nil }
            text += escaped
        }
        return nil
    }

    private mutating func escape(isBytes: Bool) -> [UInt8]? {
        guard cursor < bytes.count else { return nil }
        let letter = bytes[cursor]
        cursor += 1
        switch letter {
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "v"): return [0x0B]
        case UInt8(ascii: "a"): return [0x07]
        case UInt8(ascii: "0"): return [0]
        case UInt8(ascii: "x"):
            guard let code = hexadecimal(2) else { return nil }
            return isBytes ? [UInt8(code)] : Self.utf8(code)
        case UInt8(ascii: "U"): return hexadecimal(8).flatMap(Self.utf8)
        case UInt8(ascii: "u"):
            guard let code = hexadecimal(4) else { return nil }
            if (0xD800..<0xDC00).contains(code), cursor + 1 < bytes.count, bytes[cursor] == UInt8(ascii: "\\"),
                bytes[cursor + 1] == UInt8(ascii: "u")
            {
                cursor += 2
                guard let low = hexadecimal(4), (0xDC00..<0xE000).contains(low) else { return nil }
                return Self.utf8(0x10000 + (code - 0xD800) << 10 + (low - 0xDC00))
            }
            return Self.utf8(code)
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter]
        default: return [UInt8(ascii: "\\"), letter]
        }
    }

    private mutating func hexadecimal(_ count: Int) -> UInt32? {
        guard cursor + count <= bytes.count else { return nil }
        defer { cursor += count }
        return UInt32(String(decoding: bytes[cursor..<(cursor + count)], as: UTF8.self), radix: 16)
    }

    private static func utf8(_ code: UInt32) -> [UInt8]? {
        Unicode.Scalar(code).map { Array(String(Character($0)).utf8) }
    }

    private mutating func skipBlanks() {
        while cursor < bytes.count, bytes[cursor] == 0x20 || (0x09...0x0D).contains(bytes[cursor]) { cursor += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipBlanks()
        guard cursor < bytes.count, bytes[cursor] == byte else { return false }
        cursor += 1
        return true
    }
}
