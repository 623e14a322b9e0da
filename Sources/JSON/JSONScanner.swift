/// Reads a JSON text from its bytes into values, in one pass.
///
/// It says only yes or no. A text that it refuses is given to jansson, which says what is wrong and where; so there is
/// one author of messages and places, and the pass over good texts carries no positions. It takes nothing that jansson
/// refuses and finds the same values: the tests hold both against one another.
struct JSONScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var cursor = 0
    private var depthLeft: Int
    /// Where texts with escapes are put together; no text is longer than what it was written as.
    private var scratch: UnsafeMutablePointer<UInt8>?

    /// The value that the bytes are the text of; nil when they are none, or when it is nested deeper than allowed.
    static func value(of bytes: UnsafeBufferPointer<UInt8>, depthLimit: Int) -> JSONValue? {
        var scanner = JSONScanner(bytes: bytes, depthLeft: depthLimit)
        defer { scanner.scratch?.deallocate() }
        guard let value = scanner.value() else { return .none }
        scanner.skipBlanks()
        return scanner.cursor == bytes.count ? .some(value) : .none
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, depthLeft: Int) {
        self.bytes = bytes
        self.depthLeft = depthLeft
    }

    // MARK: - Values

    // `.none`, for beside a value a bare `nil` would be read as one: as `JSONValue.null`.

    private mutating func value() -> JSONValue? {
        skipBlanks()
        guard cursor < bytes.count else { return .none }
        switch bytes[cursor] {
        case UInt8(ascii: "\""): return text().map(JSONValue.string)
        case UInt8(ascii: "{"): return object()
        case UInt8(ascii: "["): return array()
        case UInt8(ascii: "t"): return take("true") ? .some(.bool(true)) : .none
        case UInt8(ascii: "f"): return take("false") ? .some(.bool(false)) : .none
        case UInt8(ascii: "n"): return take("null") ? .some(.null) : .none
        default: return number()
        }
    }

    private mutating func object() -> JSONValue? {
        guard depthLeft > 0 else { return .none }
        depthLeft -= 1
        cursor += 1
        var object = JSONObject()
        skipBlanks()
        if take(UInt8(ascii: "}")) {
            depthLeft += 1
            return .object(object)
        }
        object.reserveCapacity(8)
        while true {
            skipBlanks()
            guard cursor < bytes.count, bytes[cursor] == UInt8(ascii: "\""), let key = text() else { return .none }
            // A key with a NUL in it is refused, and so is one that is already there.
            guard !key.utf8.contains(0) else { return .none }
            skipBlanks()
            guard take(UInt8(ascii: ":")), let value = value(), object.insert(value, forNew: key) else { return .none }
            skipBlanks()
            if take(UInt8(ascii: ",")) { continue }
            guard take(UInt8(ascii: "}")) else { return .none }
            depthLeft += 1
            return .object(object)
        }
    }

    private mutating func array() -> JSONValue? {
        guard depthLeft > 0 else { return .none }
        depthLeft -= 1
        cursor += 1
        var elements: [JSONValue] = []
        skipBlanks()
        if take(UInt8(ascii: "]")) {
            depthLeft += 1
            return .array(elements)
        }
        while true {
            guard let element = value() else { return .none }
            elements.append(element)
            skipBlanks()
            if take(UInt8(ascii: ",")) { continue }
            guard take(UInt8(ascii: "]")) else { return .none }
            depthLeft += 1
            return .array(elements)
        }
    }

    private mutating func number() -> JSONValue? {
        let start = cursor
        let isNegative = take(UInt8(ascii: "-"))
        let firstDigit = cursor
        var whole: Int64 = 0
        var overflows = false
        while cursor < bytes.count, let digit = Self.digit(bytes[cursor]) {
            let (tenfold, first) = whole.multipliedReportingOverflow(by: 10)
            let (next, second) = tenfold.subtractingReportingOverflow(Int64(digit))
            // Counted down from zero: the lowest whole number has no positive twin.
            whole = next
            overflows = overflows || first || second
            cursor += 1
        }
        guard cursor > firstDigit, cursor == firstDigit + 1 || bytes[firstDigit] != UInt8(ascii: "0") else {
            return .none
        }
        var isWhole = true
        if take(UInt8(ascii: ".")) {
            isWhole = false
            guard skipDigits() else { return .none }
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isWhole = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard skipDigits() else { return .none }
        }
        if isWhole {
            guard !overflows, isNegative || whole != .min else { return .none }
            return .integer(isNegative ? whole : -whole)
        }
        let written = String(decoding: bytes[start..<cursor], as: UTF8.self)
        guard let number = Double(written), number.isFinite else { return .none }
        return .number(number)
    }

    // MARK: - Texts

    /// The text between the quote at the cursor and the next.
    private mutating func text() -> String? {
        cursor += 1
        let start = cursor
        var isASCII = true
        while let byte = skipPlain(&isASCII) {
            switch byte {
            case UInt8(ascii: "\""):
                let written = UnsafeBufferPointer(rebasing: bytes[start..<cursor])
                cursor += 1
                return Self.text(written, isASCII: isASCII)
            case UInt8(ascii: "\\"): return textWithEscapes(from: start, isASCII: isASCII)
            default: return nil
            }
        }
        return nil
    }

    private mutating func textWithEscapes(from start: Int, isASCII: Bool) -> String? {
        let text = scratch ?? .allocate(capacity: bytes.count)
        scratch = text
        var isASCII = isASCII
        var count = 0
        var plainStart = start
        while let byte = skipPlain(&isASCII) {
            let plain = UnsafeBufferPointer(rebasing: bytes[plainStart..<cursor])
            if let address = plain.baseAddress {
                (text + count).update(from: address, count: plain.count)
                count += plain.count
            }
            cursor += 1
            switch byte {
            case UInt8(ascii: "\""):
                return Self.text(UnsafeBufferPointer(start: text, count: count), isASCII: isASCII)
            case UInt8(ascii: "\\"):
                guard cursor < bytes.count else { return nil }
                let letter = bytes[cursor]
                cursor += 1
                if let unit = Self.unit(escapedBy: letter) {
                    text[count] = unit
                    count += 1
                } else {
                    guard letter == UInt8(ascii: "u"), let scalar = numberedScalar() else { return nil }
                    for unit in scalar.utf8 {
                        text[count] = unit
                        count += 1
                    }
                    isASCII = isASCII && scalar.isASCII
                }
            default: return nil
            }
            plainStart = cursor
        }
        return nil
    }

    private static func text(_ units: UnsafeBufferPointer<UInt8>, isASCII: Bool) -> String? {
        isASCII ? String(decoding: units, as: UTF8.self) : String(validating: units, as: UTF8.self)
    }

    /// What a backslash and one letter stand for; nil when they need more, or are nothing.
    private static func unit(escapedBy letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        default: nil
        }
    }

    /// The character whose number stands at the cursor, in four digits or in two surrogates of four.
    private mutating func numberedScalar() -> Unicode.Scalar? {
        guard let code = hexadecimal() else { return nil }
        guard (0xD800..<0xDC00).contains(code) else { return Unicode.Scalar(code) }
        guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")), let low = hexadecimal(),
            (0xDC00..<0xE000).contains(low)
        else { return nil }
        return Unicode.Scalar(0x10000 + (code - 0xD800) << 10 + (low - 0xDC00))
    }

    private mutating func hexadecimal() -> UInt32? {
        guard bytes.count - cursor >= 4 else { return nil }
        var code: UInt32 = 0
        for _ in 0..<4 {
            let byte = bytes[cursor]
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: return nil
            }
            code = code << 4 | UInt32(digit)
            cursor += 1
        }
        return code
    }

    /// Moves to the next quote, backslash or control character and tells it; nil when there is none.
    private mutating func skipPlain(_ isASCII: inout Bool) -> UInt8? {
        let count = bytes.count
        guard let start = bytes.baseAddress else { return nil }
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        var high: UInt64 = 0
        defer { if high & tops != 0 { isASCII = false } }
        // Eight bytes at a time: a byte minus what it is to be below borrows into its top bit.
        while count - cursor >= 8 {
            let word = UInt64(littleEndian: UnsafeRawPointer(start + cursor).loadUnaligned(as: UInt64.self))
            let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
            let backslashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
            let found =
                ((word &- ones &* 0x20) & ~word | (quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes)
                & tops
            if found == 0 {
                high |= word
                cursor += 8
                continue
            }
            // A borrow can only come from a byte that was found itself, so the lowest one is true.
            let offset = found.trailingZeroBitCount / 8
            high |= word & ~(UInt64.max << UInt64(8 * offset))
            cursor += offset
            return start[cursor]
        }
        while cursor < count {
            let byte = start[cursor]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return byte }
            high |= UInt64(byte)
            cursor += 1
        }
        return nil
    }

    // MARK: - Bytes

    private mutating func skipBlanks() {
        while cursor < bytes.count {
            switch bytes[cursor] {
            case 0x20, 0x0A, 0x0D, 0x09: cursor += 1
            default: return
            }
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard cursor < bytes.count, bytes[cursor] == byte else { return false }
        cursor += 1
        return true
    }

    private mutating func take(_ word: StaticString) -> Bool {
        guard bytes.count - cursor >= word.utf8CodeUnitCount else { return false }
        for offset in 0..<word.utf8CodeUnitCount where bytes[cursor + offset] != word.utf8Start[offset] { return false }
        cursor += word.utf8CodeUnitCount
        return true
    }

    private mutating func skipDigits() -> Bool {
        let start = cursor
        while cursor < bytes.count, Self.digit(bytes[cursor]) != nil { cursor += 1 }
        return cursor > start
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        let digit = byte &- UInt8(ascii: "0")
        return digit < 10 ? digit : nil
    }
}
