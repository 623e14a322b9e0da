import LanguagePlugins

/// Cuts a program into words, numbers, strings, comments and signs by the rules of its language's manifest.
///
/// It never fails and never loops: a byte that nothing claims is a sign, a string that does not end goes to the end of its
/// line or of the text. What it promises is that code is not taken for a string or a comment, nor they for code.
struct Lexer {
    private let bytes: [UInt8]
    private let syntax: ProgramSyntax
    private let rules: LexicalRules
    private var cursor = 0
    private var tokens: [Token] = []
    /// Words that end the texts which start behind the next line end.
    private var hereWords: [[UInt8]] = []

    /// The tokens of a program, which cover all of its bytes in order.
    static func tokens(of bytes: [UInt8], syntax: ProgramSyntax) -> [Token] {
        var lexer = Lexer(bytes: bytes, syntax: syntax, rules: LexicalRules(syntax))
        while lexer.cursor < bytes.count { lexer.step() }
        return lexer.tokens
    }

    private init(bytes: [UInt8], syntax: ProgramSyntax, rules: LexicalRules) {
        self.bytes = bytes
        self.syntax = syntax
        self.rules = rules
        tokens.reserveCapacity(bytes.count / 3)
    }

    private mutating func step() {
        let byte = bytes[cursor]
        switch byte {
        case 0x0A:
            add(.lineEnd, to: cursor + 1)
            if !hereWords.isEmpty { takeHereDocuments() }
        case 0x20, 0x09, 0x0D, 0x0C:
            var end = cursor + 1
            while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 || bytes[end] == 0x0D { end += 1 }
            add(.blank, to: end)
        default:
            if let end = comment() { return add(.comment, to: end) }
            if let end = string() { return add(.string, to: end) }
            if Self.isDigit(byte) { return add(.number, to: endOfNumber()) }
            if Self.isWordByte(byte) {
                var end = cursor + 1
                while end < bytes.count, Self.isWordByte(bytes[end]) { end += 1 }
                return add(.word, to: end)
            }
            if syntax.hasHereDocuments, let end = hereDocument() { return add(.sign, to: end) }
            add(.sign, to: cursor + rules.lengthOfSign(at: cursor, in: bytes))
        }
    }

    private mutating func add(_ kind: Token.Kind, to end: Int) {
        let end = min(max(end, cursor + 1), bytes.count)
        tokens.append(Token(kind: kind, range: cursor..<end))
        cursor = end
    }

    // MARK: - Comments

    private func comment() -> Int? {
        for pair in rules.blockComments where starts(with: pair.start) {
            var depth = 1
            var end = cursor + pair.start.count
            while end < bytes.count {
                if matches(pair.end, at: end) {
                    depth -= 1
                    end += pair.end.count
                    if depth == 0 { break }
                } else if syntax.commentsNest, matches(pair.start, at: end) {
                    depth += 1
                    end += pair.start.count
                } else {
                    end += 1
                }
            }
            return end
        }
        for start in rules.lineComments where starts(with: start) {
            if syntax.commentsStartWords, cursor > 0, !" \t\n;(|&".utf8.contains(bytes[cursor - 1]) { continue }
            return endOfLine(from: cursor)
        }
        return nil
    }

    // MARK: - Strings

    private func string() -> Int? {
        for pair in rules.rawStrings where starts(with: pair.start) {
            if let end = place(of: pair.end, from: cursor + pair.start.count) { return end + pair.end.count }
            return endOfLine(from: cursor)
        }
        for rule in rules.strings where starts(with: rule.mark) {
            return endOfString(rule, from: cursor + rule.mark.count)
        }
        for mark in rules.characters where starts(with: mark) {
            if let end = endOfCharacter(mark, from: cursor + mark.count) { return end }
        }
        if syntax.hasPatterns, bytes[cursor] == UInt8(ascii: "/"), canStartValue { return endOfPattern() }
        return nil
    }

    /// The place behind a string whose inside starts here.
    private func endOfString(_ rule: LexicalRules.StringRule, from start: Int) -> Int {
        var end = start
        while end < bytes.count {
            if bytes[end] == UInt8(ascii: "\\") {
                // An escape may be what starts an interpolation, as in Swift.
                if let inner = rule.interpolations.first(where: { matches($0.start, at: end) }) {
                    end = endOfInterpolation(inner, from: end + inner.start.count)
                } else {
                    end += 2
                }
            } else if matches(rule.mark, at: end) {
                return end + rule.mark.count
            } else if bytes[end] == 0x0A, !rule.isMultiline {
                return end
            } else if let inner = rule.interpolations.first(where: { matches($0.start, at: end) }) {
                end = endOfInterpolation(inner, from: end + inner.start.count)
            } else {
                end += 1
            }
        }
        return bytes.count
    }

    /// The place behind code inside a string: brackets are balanced, strings in it are passed over.
    private func endOfInterpolation(_ pair: LexicalRules.Pair, from start: Int) -> Int {
        let close = pair.end
        let open = pair.start.suffix(1)
        var depth = 1
        var end = start
        while end < bytes.count {
            if matches(close, at: end) {
                depth -= 1
                end += close.count
                if depth == 0 { return end }
            } else if open != close.suffix(1), matches(Array(open), at: end) {
                depth += 1
                end += 1
            } else if let rule = rules.strings.first(where: { matches($0.mark, at: end) }), rule.mark != close {
                // One level down is enough to see its end; deeper ones are found from there.
                end = endOfNestedString(rule, from: end + rule.mark.count)
            } else {
                end += 1
            }
        }
        return bytes.count
    }

    private func endOfNestedString(_ rule: LexicalRules.StringRule, from start: Int) -> Int {
        var end = start
        while end < bytes.count {
            if bytes[end] == UInt8(ascii: "\\") {
                end += 2
            } else if matches(rule.mark, at: end) {
                return end + rule.mark.count
            } else if bytes[end] == 0x0A, !rule.isMultiline {
                return end
            } else {
                end += 1
            }
        }
        return bytes.count
    }

    /// The place behind one character or one escape between quotes; nil when the quote means something else.
    private func endOfCharacter(_ mark: [UInt8], from start: Int) -> Int? {
        guard start < bytes.count else { return nil }
        if bytes[start] == UInt8(ascii: "\\") {
            guard let end = place(of: mark, from: start + 2), end - start <= 12 else { return nil }
            return end + mark.count
        }
        var end = start + 1
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        return matches(mark, at: end) && bytes[start] != 0x0A ? end + mark.count : nil
    }

    /// Whether what came before cannot be the left side of a division.
    private var canStartValue: Bool {
        guard let last = tokens.last(where: \.isCode) else { return true }
        let text = bytes[last.range]
        switch last.kind {
        case .sign:
            return !(text.elementsEqual(")".utf8) || text.elementsEqual("]".utf8) || text.elementsEqual("}".utf8))
        case .word: return syntax.keywords.contains(String(decoding: text, as: UTF8.self))
        default: return false
        }
    }

    private func endOfPattern() -> Int? {
        var end = cursor + 1
        var isInClass = false
        while end < bytes.count, bytes[end] != 0x0A {
            switch bytes[end] {
            case UInt8(ascii: "\\"): end += 1
            case UInt8(ascii: "["): isInClass = true
            case UInt8(ascii: "]"): isInClass = false
            case UInt8(ascii: "/") where !isInClass:
                end += 1
                while end < bytes.count, Self.isWordByte(bytes[end]) { end += 1 }
                return end
            default: break
            }
            end += 1
        }
        return nil
    }

    // MARK: - Here documents

    /// The place behind `<<WORD`, whose text starts behind the line.
    private mutating func hereDocument() -> Int? {
        guard starts(with: Array("<<".utf8)), !matches(Array("<<<".utf8), at: cursor) else { return nil }
        var end = cursor + 2
        while end < bytes.count, "-~".utf8.contains(bytes[end]) { end += 1 }
        let quote = end < bytes.count && "'\"".utf8.contains(bytes[end]) ? bytes[end] : nil
        if quote != nil { end += 1 }
        let start = end
        while end < bytes.count, Self.isWordByte(bytes[end]) { end += 1 }
        guard end > start, !Self.isDigit(bytes[start]) else { return nil }
        hereWords.append(Array(bytes[start..<end]))
        if let quote, end < bytes.count, bytes[end] == quote { end += 1 }
        return end
    }

    private mutating func takeHereDocuments() {
        let words = hereWords
        hereWords = []
        for word in words {
            var end = cursor
            while end < bytes.count {
                let lineEnd = endOfLine(from: end)
                let line = bytes[end..<lineEnd].drop { $0 == 0x09 || $0 == 0x20 }
                end = min(lineEnd + 1, bytes.count)
                if line.elementsEqual(word) { break }
            }
            if end > cursor { add(.string, to: end) }
        }
    }

    // MARK: - Numbers and bytes

    private func endOfNumber() -> Int {
        var end = cursor + 1
        while end < bytes.count {
            let byte = bytes[end]
            let isExponentSign =
                "+-".utf8.contains(byte) && "eE".utf8.contains(bytes[end - 1])
                && !bytes[cursor...].starts(with: "0x".utf8) && end + 1 < bytes.count && Self.isDigit(bytes[end + 1])
            let isFraction = byte == UInt8(ascii: ".") && end + 1 < bytes.count && Self.isDigit(bytes[end + 1])
            let isSeparator =
                byte == UInt8(ascii: "'") && !rules.characters.isEmpty && end + 1 < bytes.count
                && Self.isDigit(bytes[end + 1])
            guard Self.isWordByte(byte) || isExponentSign || isFraction || isSeparator else { break }
            end += 1
        }
        return end
    }

    private func starts(with text: [UInt8]) -> Bool { matches(text, at: cursor) }

    private func matches(_ text: [UInt8], at place: Int) -> Bool {
        guard place + text.count <= bytes.count, bytes[place] == text[0] else { return false }
        for offset in 1..<max(1, text.count) where bytes[place + offset] != text[offset] { return false }
        return true
    }

    private func place(of text: [UInt8], from start: Int) -> Int? {
        var place = start
        while place + text.count <= bytes.count {
            if matches(text, at: place) { return place }
            place += 1
        }
        return nil
    }

    private func endOfLine(from start: Int) -> Int {
        var end = start
        while end < bytes.count, bytes[end] != 0x0A { end += 1 }
        return end
    }

    /// Whether a byte is a decimal digit.
    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// Whether a byte can be part of a name; every byte of what is not ASCII can.
    static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39, 0x5F,
            0x80...0xFF:
            true
        default: false
        }
    }
}
