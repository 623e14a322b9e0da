/// An answer that is one line to the language: one line, or several held together by open brackets or a backslash.
struct LogicalLine {
    /// The line without blank lines around it and without blanks at the end.
    let text: String
    /// How many statements it holds, counted by the semicolons that separate them.
    let statements: Int

    /// Reads an answer; nil when it is blank or more than one line.
    init?(_ answer: String) {
        let text = Normaliser.normalise(answer)
        guard !text.isEmpty, let statements = Self.scan(text) else { return nil }
        self.text = text
        self.statements = statements
    }

    /// How many statements a line holds, at least 1.
    static func statements(in line: String) -> Int { scan(line) ?? 1 }

    /// The blanks before the first word of a line.
    static func indentation(of line: String) -> Substring.UTF8View {
        line[...].utf8.prefix { $0 == 0x20 || $0 == 0x09 }
    }

    // MARK: -

    /// Counts the statements of a text; nil when a line feed ends a line in it.
    ///
    /// Quotes and brackets are the same in all our languages; semicolons in round and square brackets separate no
    /// statements (`for (;;)`), those in braces do.
    private static func scan(_ text: String) -> Int? {
        var open = 0
        var quote: UInt8?
        var statements = 0
        var isBlank = true
        var previous: UInt8 = 0
        for byte in text.utf8 {
            let isEscaped = previous == UInt8(ascii: "\\")
            // An escaped backslash escapes nothing behind it.
            previous = isEscaped && byte == UInt8(ascii: "\\") ? 0 : byte
            if byte == 0x0A {
                if !isEscaped, open <= 0 || quote != nil { return nil }
                continue
            }
            if let current = quote {
                if byte == current, !isEscaped { quote = nil }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
                quote = byte
                isBlank = false
            case UInt8(ascii: "("), UInt8(ascii: "["):
                open += 1
                isBlank = false
            case UInt8(ascii: ")"), UInt8(ascii: "]"):
                open -= 1
            case UInt8(ascii: ";") where open <= 0:
                if !isBlank { statements += 1 }
                isBlank = true
            case 0x20, 0x09, UInt8(ascii: "{"), UInt8(ascii: "}"):
                break
            default:
                isBlank = false
            }
        }
        return max(1, statements + (isBlank ? 0 : 1))
    }
}
