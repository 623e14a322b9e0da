import LanguagePlugins

/// The texts of a syntax as bytes, made once for a program.
struct LexicalRules {
    /// What starts and what ends something.
    struct Pair {
        var start: [UInt8]
        var end: [UInt8]

        init?(_ pair: [String]) {
            guard pair.count == 2 else { return nil }
            start = Array(pair[0].utf8)
            end = Array(pair[1].utf8)
        }
    }

    /// A kind of string.
    struct StringRule {
        var mark: [UInt8]
        var isMultiline: Bool
        var interpolations: [Pair]
    }

    let lineComments: [[UInt8]]
    let blockComments: [Pair]
    let strings: [StringRule]
    let rawStrings: [Pair]
    let characters: [[UInt8]]
    private let signs: [[UInt8]]

    /// Signs of more than one byte in any of our languages, the longest first.
    private static let commonSigns = [
        ">>>=", "===", "!==", "<<=", ">>=", "**=", "//=", "...", ">>>", "<=>", "&&=", "||=", "??=", "->", "=>", "++",
        "--", "&&", "||", "<=", ">=", "==", "!=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "**",
        "//", "::", ":=", "??", "?.", "..", "~=",
    ]

    init(_ syntax: ProgramSyntax) {
        lineComments = syntax.lineComments.map { Array($0.utf8) }
        blockComments = syntax.blockComments.compactMap(Pair.init)
        strings = syntax.strings.map { mark in
            StringRule(
                mark: Array(mark.utf8), isMultiline: syntax.multilineStrings.contains(mark),
                interpolations: (syntax.interpolations[mark] ?? []).compactMap(Pair.init))
        }
        rawStrings = syntax.rawStrings.compactMap(Pair.init).sorted { $0.start.count > $1.start.count }
        characters = syntax.characters.map { Array($0.utf8) }
        signs = Self.commonSigns.map { Array($0.utf8) }
    }

    /// How many bytes the sign at a place has.
    func lengthOfSign(at place: Int, in bytes: [UInt8]) -> Int {
        for sign in signs where bytes[place] == sign[0] && bytes[place...].starts(with: sign) { return sign.count }
        return 1
    }
}
