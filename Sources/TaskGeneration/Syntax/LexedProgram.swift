import LanguagePlugins

/// A program with its tokens and its lines.
struct LexedProgram: Sendable {
    /// The text.
    let bytes: [UInt8]
    /// The tokens, which cover all bytes.
    let tokens: [Token]
    /// Where each line starts.
    let lineStarts: [Int]

    /// Reads a program.
    init(_ code: String, syntax: ProgramSyntax) {
        let bytes = Array(code.utf8)
        self.bytes = bytes
        tokens = Lexer.tokens(of: bytes, syntax: syntax)
        lineStarts = [0] + bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
    }

    /// The text of a token.
    func text(_ token: Token) -> String { String(decoding: bytes[token.range], as: UTF8.self) }

    /// Whether a token is this text.
    func token(_ token: Token, is text: String) -> Bool {
        token.range.count == text.utf8.count && bytes[token.range].elementsEqual(text.utf8)
    }

    /// The line that a byte stands in, counted from 0.
    func line(of place: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= place { low = middle } else { high = middle }
        }
        return low
    }

    /// The tokens of the program, in order, without blanks, line ends and comments.
    var code: [Token] { tokens.filter(\.isCode) }
}
