/// Reads code as tokens, each as a number that stands for its text; comments and layout leave no trace.
///
/// Words and numbers are tokens, strings are one token each, every other character is one by itself. Nothing is refused:
/// whatever the bytes are, they are tokens or blanks.
struct TokenReader {
    /// What a byte may be part of.
    private enum Kind: UInt8 {
        case blank, word, other
    }

    private static let kinds: [UInt8] = (0..<256).map { byte in
        switch UInt8(byte) {
        case 0...32: Kind.blank.rawValue
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), 128...255:
            Kind.word.rawValue
        default: Kind.other.rawValue
        }
    }

    private let syntax: CodeSyntax

    init(_ syntax: CodeSyntax) { self.syntax = syntax }

    /// Appends the tokens of some code.
    func read(_ code: UnsafeBufferPointer<UInt8>, into tokens: inout [UInt64]) {
        let kinds = Self.kinds.span
        let isSpecial = syntax.isSpecial.span
        let count = code.count
        var place = 0
        while place < count {
            let byte = code[place]
            let kind = kinds[Int(byte)]
            if kind == Kind.blank.rawValue {
                place &+= 1
                continue
            }
            if isSpecial[Int(byte)], let end = special(code, place, &tokens) {
                place = end
                continue
            }
            var end = place &+ 1
            if kind == Kind.word.rawValue {
                while end < count && kinds[Int(code[end])] == Kind.word.rawValue { end &+= 1 }
            }
            tokens.append(TextHash.hash(code, place..<end))
            place = end
        }
    }

    /// Passes over a comment, or reads a string; gives where it ends, or nil when there is neither.
    private func special(_ code: UnsafeBufferPointer<UInt8>, _ place: Int, _ tokens: inout [UInt64]) -> Int? {
        for start in syntax.lineComments where matches(code, place, start) {
            var end = place &+ start.count
            while end < code.count && code[end] != UInt8(ascii: "\n") { end &+= 1 }
            return end
        }
        for (start, end) in syntax.blockComments where matches(code, place, start) {
            var place = place &+ start.count
            while place < code.count && !matches(code, place, end) { place &+= 1 }
            return min(code.count, place &+ end.count)
        }
        for delimiter in syntax.strings where matches(code, place, delimiter) {
            let end = stringEnd(code, place &+ delimiter.count, delimiter)
            tokens.append(TextHash.hash(code, place..<end))
            return end
        }
        return nil
    }

    private func stringEnd(_ code: UnsafeBufferPointer<UInt8>, _ start: Int, _ delimiter: [UInt8]) -> Int {
        var place = start
        // A quote of one character is often no string at all (a lifetime, an apostrophe): it goes no farther than its line.
        let endsWithLine = delimiter.count == 1 && delimiter[0] != UInt8(ascii: "`")
        while place < code.count {
            let byte = code[place]
            if byte == UInt8(ascii: "\\") {
                place &+= 2
                continue
            }
            if matches(code, place, delimiter) { return place &+ delimiter.count }
            if endsWithLine && byte == UInt8(ascii: "\n") { return place }
            place &+= 1
        }
        return code.count
    }

    @inline(__always)
    private func matches(_ code: UnsafeBufferPointer<UInt8>, _ place: Int, _ text: [UInt8]) -> Bool {
        guard place &+ text.count <= code.count else { return false }
        for offset in text.indices where code[place &+ offset] != text[offset] { return false }
        return true
    }
}
