/// The arguments of a call as they were written, told apart from anything that would do work.
public enum ArgumentText {
    /// Words that are values in one language or another.
    private static let values: Set<String> = [
        "True", "False", "None", "true", "false", "null", "nil", "undefined", "NaN", "Infinity",
    ]

    /// Whether a text is a list of literals: numbers, strings, words for truth and nothing, brackets, and names in front
    /// of `=`, `:` or `=>`, which label an argument or a key.
    public static func isLiteral(_ text: String) -> Bool { arguments(in: text) != nil }

    /// The arguments of a list of literals; nil when it is none.
    public static func arguments(in text: String) -> [String]? {
        let bytes = Array(text.utf8)
        var cursor = 0
        var open: [UInt8] = []
        var arguments: [String] = []
        var start = 0
        while cursor < bytes.count {
            let byte = bytes[cursor]
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                guard let end = endOfString(bytes, from: cursor) else { return nil }
                cursor = end
                continue
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
                open.append(byte)
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
                // The closing sign is one or two behind its opening one in ASCII.
                guard let last = open.popLast(), byte == last + (last == UInt8(ascii: "(") ? 1 : 2) else { return nil }
                // A bracket behind a bracket would call or index.
                if let next = next(bytes, after: cursor), "([{".utf8.contains(next) { return nil }
            case UInt8(ascii: ",") where open.isEmpty:
                arguments.append(trimmed(bytes[start..<cursor]))
                start = cursor + 1
            case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: ">"), 0x20, 0x09, 0x0A, 0x0D,
                UInt8(ascii: "-"), UInt8(ascii: "+"):
                break
            case let byte where isWord(byte):
                let word = bytes[cursor...].prefix { isWord($0) || $0 == UInt8(ascii: ".") }
                guard isLiteralWord(word, followedBy: next(bytes, after: word.endIndex - 1)) else { return nil }
                cursor = word.endIndex
                continue
            default:
                return nil
            }
            cursor += 1
        }
        guard open.isEmpty else { return nil }
        let last = trimmed(bytes[start...])
        if !last.isEmpty || !arguments.isEmpty { arguments.append(last) }
        return arguments
    }

    // MARK: -

    private static func isLiteralWord(_ word: ArraySlice<UInt8>, followedBy next: UInt8?) -> Bool {
        guard let first = word.first else { return false }
        if (0x30...0x39).contains(first) || first == UInt8(ascii: ".") {
            return next.map { !"([{\"'".utf8.contains($0) } ?? true
        }
        let text = String(decoding: word, as: UTF8.self)
        if next == UInt8(ascii: "=") || next == UInt8(ascii: ":") { return !text.contains(".") }
        return values.contains(text) && (next.map { !"([{\"'".utf8.contains($0) } ?? true)
    }

    /// The place behind the string that starts here; nil when it does not end.
    private static func endOfString(_ bytes: [UInt8], from start: Int) -> Int? {
        let quote = bytes[start]
        var cursor = start + 1
        while cursor < bytes.count {
            if bytes[cursor] == UInt8(ascii: "\\") {
                cursor += 2
                continue
            }
            // A name in braces or behind a dollar may be code inside the string of some languages.
            if bytes[cursor] == UInt8(ascii: "$") || bytes[cursor] == UInt8(ascii: "#"), quote == UInt8(ascii: "\""),
                cursor + 1 < bytes.count, "({".utf8.contains(bytes[cursor + 1])
            {
                return nil
            }
            if bytes[cursor] == quote { return cursor + 1 }
            cursor += 1
        }
        return nil
    }

    private static func next(_ bytes: [UInt8], after index: Int) -> UInt8? {
        bytes[(index + 1)...].first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39,
            UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        let head = bytes.drop(while: isBlank)
        let tail = head.reversed().drop(while: isBlank)
        return String(decoding: tail.reversed(), as: UTF8.self)
    }
}
