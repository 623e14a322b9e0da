import Testing

@testable import LanguagePlugins

@Suite("Leading includes")
struct LeadingIncludesTests {
    private static let known: Set = ["vector", "map", "bits/stdc++.h", "stdio.h"]

    private func read(_ source: String) -> LeadingIncludes? {
        LeadingIncludes(of: Array(source.utf8), known: Self.known)
    }

    @Test(
        "are found behind comments and empty lines",
        arguments: [
            ("#include <vector>\n#include <map>\nint a;\n", ["vector", "map"], true),
            ("#include <vector>", ["vector"], true),
            ("#include<vector>//\r\n  # \tinclude\t<map> // why\r\nint a;", ["vector", "map"], true),
            ("\n// a\n#include <vector>\n", ["vector"], false),
            ("/* a\n * b **/\n\n#include <vector>\n/**/\n#include <map>\n", ["vector", "map"], false),
            ("#include <vector>\n\n#include <map>\n", ["vector", "map"], false),
            ("#include <vector>\n#include <vector>\n", ["vector", "vector"], true),
            ("#include <bits/stdc++.h>\nusing namespace std;\n#include <map>\n", ["bits/stdc++.h"], true),
        ])
    func found(source: String, headers: [String], areFirstLines: Bool) throws {
        let includes = try #require(read(source))
        #expect(includes.headers == headers)
        #expect(includes.areFirstLines == areFirstLines)
    }

    @Test(
        "end at whatever is anything more",
        arguments: [
            "#include <vector> int a;\n", "#include \"vector\"\n", "#include <unknown>\n", "#include <../vector>\n",
            "#include </usr/include/vector>\n", "#include < vector>\n", "#include <vector\n", "#include VECTOR\n",
            "#include_next <vector>\n", "#import <vector>\n", "%:include <vector>\n", "#define A\n#include <vector>\n",
            "#pragma GCC optimize(\"O3\")\n#include <vector>\n", "#inc\\\nlude <vector>\n",
            "// \\\n#include <vector>\n",
            "// \\ \n#include <vector>\n", "/* \n#include <vector>\n", "/* *\\\n/\n#include <vector>\n",
            "/* a */ int b;\n#include <vector>\n", "/* a */ #include <vector>\n", "\u{FEFF}#include <vector>\n",
            "#include <vector> /* a\n*/\n", "#if 0\n#include <vector>\n#endif\n", "int a;\n", "", "\n\n", "#", "/",
            "/*",
            "#include <vector\0>\n",
        ])
    func ended(source: String) {
        #expect(read(source) == nil)
    }

    @Test("make a text of names that the plugin knows, whatever the program's text is")
    func text() throws {
        let includes = try #require(read("/* x */\n#include <map>// y\n  #include <stdio.h>\n#error z\n"))
        #expect(String(decoding: includes.text, as: UTF8.self) == "#include <map>\n#include <stdio.h>\n")
    }

    @Test("are read from bytes of any kind without harm, and hold known names only", arguments: 0..<40)
    func fuzz(seed: Int) {
        let pieces = [
            "#include <vector>\n", "#include <map>", "\n", "//", "/*", "*/", "\\\n", " ", "\r", "\t", "#", "<", ">",
            "\"",
            "\0", "int a;", "\u{85}", "include", "stdio.h", "#include <", "/", "*",
        ]
        var state = UInt64(seed + 1)
        for _ in 0..<300 {
            var source = ""
            for _ in 0..<Int(state >> 33 % 12) + 1 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                source += pieces[Int(state >> 33) % pieces.count]
            }
            guard let found = read(source) else { continue }
            #expect(found.headers.allSatisfy(Self.known.contains))
        }
    }

    @Test("of a program that repeats them for ever are left alone")
    func endless() {
        #expect(read(String(repeating: "#include <map>\n", count: 201)) == nil)
        #expect(read(String(repeating: "#include <map>\n", count: 200))?.headers.count == 200)
    }
}

@Suite("A compiler's rule for make")
struct DependencyRuleTests {
    @Test("names the files that were read, those of the box left out")
    func paths() {
        let rule = "prefix.gch: main.cpp /usr/include/a.h \\\n  /usr/include/c++/12/b \\\n /x\n"
        #expect(DependencyRule.paths(in: Array(rule.utf8)) == ["/usr/include/a.h", "/usr/include/c++/12/b", "/x"])
    }

    @Test(
        "is refused when it says nothing, or says it in a way that has to be unquoted",
        arguments: ["", "a b c", "a:", "a: b", "a: /x\\ y", "a: /x$$y", "a: /x\0"])
    func refused(rule: String) {
        #expect(DependencyRule.paths(in: Array(rule.utf8)) == nil)
    }

    @Test("is refused when it is too long")
    func long() {
        let rule = Array("a:".utf8) + Array(repeating: Array(" /b".utf8), count: 400_000).flatMap { $0 }
        #expect(DependencyRule.paths(in: rule) == nil)
    }
}
