import Tasks
import TestSupport
import Testing

@testable import LanguagePlugins

/// A program of a language whose compiler keeps something between compilations.
struct WarmProgram: Sendable, CustomTestStringConvertible {
    let language: String
    let what: String
    let source: String
    var testDescription: String { "\(language): \(what)" }

    static let all = [
        WarmProgram(
            language: "typescript", what: "prints",
            source: "const x: number[] = [3, 1, 2]; x.sort((a, b) => a - b); console.log(x.join());"),
        WarmProgram(
            language: "typescript", what: "has errors",
            source: "const x: string = 3;\nfunction f(a: number) { return a.foo; }\nlet y: Missing;\nx = 4;\n[].map(;\n"
        ),
        WarmProgram(
            language: "typescript", what: "adds to the library's types",
            source: """
                export {};
                declare global { interface Array<T> { last(): T | undefined } interface String { x: number } }
                Array.prototype.last = function () { return this[this.length - 1]; };
                console.log([1, 2].last(), [1].lost, "".x.foo);
                """),
        WarmProgram(
            language: "typescript", what: "declares what the library declares",
            source:
                "var process = 3; interface Promise<T> { then: number }\nclass Map {}\nconsole.log(new Map(), process);"
        ),
        WarmProgram(language: "typescript", what: "reads a file that is not there", source: "import './nothing';\n"),
        WarmProgram(language: "typescript", what: "is empty", source: ""),
        WarmProgram(
            language: "typescript", what: "throws",
            source: "function f(): never {\n  throw new RangeError('x');\n}\nf();\n"),
        WarmProgram(
            language: "java", what: "prints",
            source: """
                import java.util.*;
                public class Main {
                    record P(int a) {}
                    public static void main(String[] a) { System.out.println(List.of(new P(1), new P(2))); }
                }
                """),
        WarmProgram(
            language: "java", what: "has errors",
            source: "public class Main { public static void main(String[] a) { int x = \"\"; y(); Strin z; } }"),
        WarmProgram(
            language: "java", what: "warns",
            source:
                "import java.util.*; class Main { public static void main(String[] a) { List l = new ArrayList(); l.add(1); new Thread().stop(); } }"
        ),
        WarmProgram(language: "java", what: "has no main", source: "class Main {}"),
        WarmProgram(
            language: "go", what: "prints",
            source:
                "package main\n\nimport (\n\t\"fmt\"\n\t\"net/url\"\n\t\"strings\"\n)\n\nfunc main() { u, _ := url.Parse(\"http://a/b\"); fmt.Println(strings.ToUpper(u.Path)) }\n"
        ),
        WarmProgram(
            language: "go", what: "has errors",
            source: "package main\n\nimport \"os\"\n\nfunc main() { x := 1; fmt.Println(\"\" + 1) }\n"),
        WarmProgram(
            language: "go", what: "panics",
            source: "package main\n\nfunc main() {\n\tvar a []int\n\tprintln(a[len(a)])\n}\n"),
        WarmProgram(
            language: "go", what: "imports what is not there", source: "package main\nimport \"a/b\"\nfunc main() {}\n"),
        WarmProgram(
            language: "c", what: "prints", source: "#include <stdio.h>\nint main() { printf(\"%d\\n\", __LINE__); }\n"),
        WarmProgram(
            language: "c", what: "forgets a header",
            source: "#include <stdio.h>\nint main() { puts(1); return strlen(\"a\"); }\n"),
        WarmProgram(
            language: "c", what: "has errors",
            source:
                "#include <stdio.h>\n#include <stdlib.h>\nint main() { int *p = malloc(; printf = 3; return foo; }\n"),
    ]
}

@Suite("A warm compiler", .serialized)
struct WarmCompilerTests {
    private static let shared = Result {
        let scratch = try ScratchFolder(in: "/var/tmp")
        return (scratch, try PreparedStore(folder: "\(scratch.path)/store"))
    }

    private func report(_ source: String, _ language: String, _ store: PreparedStore?) async throws -> ProgramReport {
        let runner = try ProgramRunner(
            registry: PluginFixture.registry.get(), sandbox: PluginFixture.sandbox.get(), cache: nil, store: store)
        return try await runner.run(
            SourceProgram(language: language, source: Array(source.utf8)), inputs: [ProgramInput()], limits: nil,
            stopAtFirstFailure: false)
    }

    private func things(in store: PreparedStore) -> [String] {
        (HostFolder.names(in: store.folder) ?? []).filter { !$0.hasPrefix("seen-") }
    }

    @Test("says and makes what a cold one does", .timeLimit(.minutes(3)), arguments: WarmProgram.all)
    func same(_ program: WarmProgram) async throws {
        let store = try Self.shared.get().1
        // Twice, for what is missed twice is made.
        for _ in 0..<2 { _ = try await report(program.source, program.language, store) }
        let with = try await report(program.source, program.language, store)
        let without = try await report(program.source, program.language, nil)
        #expect(with.compile?.verdict == without.compile?.verdict)
        #expect(with.compile?.stdout == without.compile?.stdout)
        #expect(
            String(decoding: with.compile?.stderr ?? [], as: UTF8.self)
                == String(decoding: without.compile?.stderr ?? [], as: UTF8.self))
        #expect(with.runs.first?.verdict == without.runs.first?.verdict)
        #expect(with.runs.first?.stdoutText == without.runs.first?.stdoutText)
        #expect(with.runs.first?.stderrText == without.runs.first?.stderrText)
        #expect(with.runs.first?.failure == without.runs.first?.failure)
    }

    @Test("is made for each language that has one", .timeLimit(.minutes(3)))
    func made() async throws {
        for plugin in PluginFixture.installed where plugin.manifest.aids.warmup != nil {
            let scratch = try ScratchFolder(in: "/var/tmp")
            let store = try PreparedStore(folder: "\(scratch.path)/store")
            let example = try #require(ConformanceExample.all(of: plugin).first { $0.stem == "numbers" })
            let source = String(decoding: example.source, as: UTF8.self)
            for _ in 0..<2 { _ = try await report(source, plugin.manifest.name, store) }
            #expect(things(in: store).count == 1, "\(plugin.manifest.name)")
        }
    }
}
