import LanguagePlugins
import Testing

@testable import TaskGeneration

@Suite("The lexer")
struct LexerTests {
    private func texts(_ code: String, _ language: String, _ kinds: Set<Token.Kind>) throws -> [String] {
        let plugin = try #require(GeneratorFixture.languages.first { $0.manifest.name == language })
        let program = LexedProgram(code, syntax: plugin.manifest.syntax)
        return program.tokens.filter { kinds.contains($0.kind) }.map(program.text)
    }

    @Test(
        "knows what is a string and what is a comment",
        arguments: [
            (
                "python", "x = '#no' # yes\ny = \"\"\"a\n# no \"x\" \"\"\"",
                ["'#no'", "# yes", "\"\"\"a\n# no \"x\" \"\"\""]
            ),
            (
                "c", "char c = '\"'; // \"yes\n/* a \" */ s = \"\\\"//\";",
                ["'\"'", "// \"yes", "/* a \" */", "\"\\\"//\""]
            ),
            (
                "rust", "fn f<'a>(x: &'a str) { r#\"a\"b\"# /* x /* y */ z */ 'c' }",
                ["r#\"a\"b\"#", "/* x /* y */ z */", "'c'"]
            ),
            (
                "javascript", "a = `x${ {b: \"}\"} }y`; r = /[\"/]'/g; q = a / b / c; // z",
                ["`x${ {b: \"}\"} }y`", "/[\"/]'/g", "// z"]
            ),
            (
                "bash", "echo ${#a} $# \"$(echo \"x\")\" # c\ncat <<EOF\n# \"no\nEOF\necho 'a\\' # d",
                ["\"$(echo \"x\")\"", "# c", "# \"no\nEOF\n", "'a\\'", "# d"]
            ),
            ("swift", "let s = \"a\\(f(\"b\"))c\" // d", ["\"a\\(f(\"b\"))c\"", "// d"]),
            ("go", "r := '\\''; s := `a\\`; // x", ["'\\''", "`a\\`", "// x"]),
            ("cpp", "int n = 1'000'000; auto s = R\"(a\"b)\";", ["R\"(a\"b)\""]),
        ])
    func stringsAndComments(language: String, code: String, expected: [String]) throws {
        #expect(try texts(code, language, [.string, .comment]) == expected)
    }

    @Test("covers every byte once, whatever it is given", arguments: GeneratorFixture.languages)
    func covers(plugin: LanguagePlugin) throws {
        var draws = Draws(seed: 3, epoch: 0, snippet: Fingerprint.of(plugin.manifest.name), index: 0)
        let signs = Array("\"'`/\\*#<$({[)}]\n \tab09.eR@\u{e9}".unicodeScalars)
        for _ in 0..<400 {
            var code = ""
            for _ in 0..<draws.below(60) { code.unicodeScalars.append(draws.pick(signs) ?? " ") }
            let program = LexedProgram(code, syntax: plugin.manifest.syntax)
            #expect(program.tokens.flatMap { Array($0.range) } == Array(program.bytes.indices))
            _ = LexicalAnalyser.analyse(code, syntax: plugin.manifest.syntax)
        }
    }

    @Test("every edit that the rules offer leaves strings and comments alone", arguments: GeneratorFixture.languages)
    func edits(plugin: LanguagePlugin) throws {
        let syntax = plugin.manifest.syntax
        let comment = syntax.lineComments.first.map { "\($0) x == 1 && y + 2 " } ?? ""
        let string = syntax.strings.last.map { "\($0)a + 1 == 2\($0)" } ?? ""
        let code = "x = 1 + 2\ny = x == 3\nprint(\(string))\n\(comment)\nz = y\n"
        let program = LexedProgram(code, syntax: syntax)
        let closed = program.tokens.filter { $0.kind == .string || $0.kind == .comment }
        for site in LexicalAnalyser.analyse(code, syntax: syntax).sites where site.kind != .comments {
            for edit in site.alternatives.joined() where !edit.range.isEmpty {
                #expect(!closed.contains { $0.range.overlaps(edit.range) }, "\(site)")
            }
        }
    }
}
