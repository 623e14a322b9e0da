import Curation
import Testing

@Suite("Features of code") struct FeatureReaderTests {
    private static let python = CodeSyntax(lineComments: ["#"], strings: ["\"\"\"", "'''", "\"", "'"])
    private static let c = CodeSyntax(lineComments: ["//"], blockComments: [["/*", "*/"]], strings: ["\"", "'"])

    private func similarity(_ kind: SimilarityKind, _ syntax: CodeSyntax, _ one: String, _ other: String) -> Double {
        var sets = FeatureSets()
        for text in [one, other] {
            sets.append(FeatureReader(kind, syntax: syntax).features(Array(text.utf8)).features)
        }
        return sets.jaccard(0, 1)
    }

    @Test("takes code for the same when only comments and layout differ")
    func layout() {
        let one = "def f(x):\n    # adds one\n    return x + 1\n"
        let other = "def f( x ):\n\n\treturn x+1  # '''\n"
        #expect(similarity(.tokens, Self.python, one, other) == 1)
        #expect(similarity(.tokens, Self.c, "int a = 1; /* \" */ int b;", "int a=1;// \"\nint b;") == 1)
    }

    @Test("does not take what stands in a string for a comment")
    func strings() {
        let one = "print('# no comment', a, b, c)"
        #expect(similarity(.tokens, Self.python, one, "print('# other text', a, b, c)") < 1)
        #expect(similarity(.tokens, Self.python, one, "print('") < 1)
        #expect(similarity(.tokens, Self.c, "char *u = \"http://a\"; f(u, 1);", "char *u = \"http:") < 1)
    }

    @Test("counts lines as a multiset, without what is blank")
    func lines() {
        #expect(similarity(.lines, .plain, "a\nb\n\n", "a  \nb") == 1)
        #expect(similarity(.lines, .plain, "a\na\nb", "a\nb\nb") == 0.5)
        #expect(similarity(.lines, .plain, "a\na\na\na", "a") == 0.25)
    }

    @Test("reads whatever the bytes are", arguments: 0..<4)
    func noise(seed: Int) {
        var random = TestRandom(seed: UInt64(seed))
        let alphabet = Array("\"'`#/*\\\n {}a0é\0".utf8) + [0xFF, 0xC3]
        for _ in 0..<300 {
            let code = (0..<random.next(below: 60)).map { _ in alphabet[random.next(below: alphabet.count)] }
            for kind in SimilarityKind.allCases {
                for syntax in [Self.python, Self.c, .plain] {
                    let (features, tokenCount) = FeatureReader(kind, syntax: syntax).features(code)
                    #expect(features.count <= max(1, code.count))
                    #expect(tokenCount <= code.count)
                    #expect(features == features.sorted())
                }
            }
        }
    }

    @Test("says why a snippet is not taken")
    func limits() {
        let limits = SnippetLimits(bytes: 3...40, lines: 1...3, lineLength: 20, tokens: 2...9)
        #expect(limits.objection(to: Array("a = 1".utf8)) == nil)
        #expect(limits.objection(to: [97]) == .tooShort)
        #expect(limits.objection(to: Array("   \n\n  \n".utf8)) == .tooShort)
        #expect(limits.objection(to: Array(String(repeating: "a\n", count: 4).utf8)) == .tooLong)
        #expect(limits.objection(to: Array(String(repeating: "a", count: 41).utf8)) == .tooLong)
        #expect(limits.objection(to: Array(String(repeating: "a", count: 21).utf8)) == .longLine)
        #expect(limits.objection(to: [97, 0, 98]) == .binary)
        #expect(limits.objection(toTokens: 1) == .tooShort)
        #expect(limits.objection(toTokens: 10) == .tooLong)
    }

    @Test("finds a benchmark's item in a snippet, however it is laid out")
    func contamination() throws {
        let item = "def add(a, b):\n    total = a + b\n    print(total)\n    return total * 2 - 1\n"
        var contamination = Contamination(share: 0.5)
        contamination.add(Array(item.utf8), named: "bench/1", syntax: Self.python)
        let copy = "import os\ndef add(a,b):\n  total=a+b # sum\n  print(total)\n  return total*2-1\nprint(os)\n"
        let found = try #require(contamination.item(in: Array(copy.utf8), syntax: Self.python))
        #expect(found.name == "bench/1")
        #expect(found.share == 1)
        let other = "def mul(a, b):\n    product = a * b\n    return [product for _ in range(product)]\n"
        #expect(contamination.item(in: Array(other.utf8), syntax: Self.python) == nil)
    }
}
