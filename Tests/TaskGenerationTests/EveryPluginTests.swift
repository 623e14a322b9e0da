import Foundation
import JSON
import Tasks
import TestSupport
import Testing

@testable import LanguagePlugins
@testable import TaskGeneration

/// No folder is passed over: what has no toolchain here is left out by `isAvailable` alone, and what reads nothing says why.
@Suite("Every plugin that is installed", .serialized)
struct EveryPluginTests {
    private static let installed = GeneratorFixture.languages.filter {
        $0.isAvailable && TestedLanguages.contains($0.manifest.name)
    }

    /// Why a plugin has no example that reads numbers; nil for most, which have.
    private static func reasonToReadNothing(_ plugin: LanguagePlugin) -> String? {
        if plugin.manifest.extends != nil { return "a test is given nothing" }
        return plugin.manifest.conformance.without[.numbers]
    }

    private func example(_ check: ConformanceCheck, of plugin: LanguagePlugin, input: String = "") throws -> Snippet {
        let manifest = plugin.manifest
        let name = check.example(isCompiled: manifest.compile != nil)
        return Snippet(
            id: name, language: manifest.name,
            code: try String(
                contentsOfFile: "\(plugin.folder)/examples/\(name).\(manifest.fileExtension)", encoding: .utf8),
            fields: input.isEmpty ? [:] : ["stdin": .string(input)])
    }

    private func outcome(_ kind: TaskKind, _ snippet: Snippet) async throws -> SnippetOutcome {
        try await GeneratorFixture.generator {
            $0.mix = [kind: 1]
            $0.seed = 5
        }.tasks(of: snippet)
    }

    @Test("yields tasks from its own examples", .timeLimit(.minutes(10)), arguments: installed)
    func tasks(plugin: LanguagePlugin) async throws {
        if Self.reasonToReadNothing(plugin) != nil {
            let outcome = try await outcome(.forward, example(.hello, of: plugin))
            #expect(outcome.tasks.map(\.task.kind) == [.forward], "\(outcome.drops)")
            #expect(outcome.tasks.first?.task.truth?.isFailure == false)
        } else {
            for kind in [TaskKind.forward, .backward] {
                let outcome = try await outcome(kind, example(.numbers, of: plugin, input: "3 10 -20 12\n"))
                #expect(outcome.tasks.map(\.task.kind) == [kind], "\(outcome.drops)")
            }
        }
    }

    @Test("is one of the folders, of which none is left out without a reason")
    func folders() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: "\(PackageRoot.path)/plugins").filter {
            FileManager.default.fileExists(atPath: "\(PackageRoot.path)/plugins/\($0)/plugin.json")
        }
        #expect(Set(GeneratorFixture.languages.map(\.manifest.name)) == Set(folders))
        let reasons = GeneratorFixture.languages.filter { Self.reasonToReadNothing($0) != nil }.map(\.manifest.name)
        #expect(Set(reasons) == ["coq", "gotest", "junit", "nodetest", "pytest", "rusttest"])
        for plugin in GeneratorFixture.languages {
            #expect(!(try example(reasons.contains(plugin.manifest.name) ? .hello : .numbers, of: plugin).code.isEmpty))
        }
    }

    // MARK: - Calls

    /// A program that defines how to add, and a call of it, for each language that has a statement for calls.
    private static let calls: [String: (code: String, call: String)] = {
        let python = "def add(a, b):\n    return a + b\n"
        let lua = "function add(a, b)\n  return a + b\nend\n"
        let ruby = "def add(a, b)\n  a + b\nend\n"
        let lisp = "(define (add a b)\n  (+ a b))\n"
        return [
            "python": (python, "add(3, 4)"), "pypy": (python, "add(3, b=4)"), "lua": (lua, "add(3, 4)"),
            "luajit": (lua, "add(3, 4)"), "ruby": (ruby, "add(3, 4)"), "crystal": (ruby, "add(3, b: 4)"),
            "javascript": ("function add(a, b) {\n  return a + b;\n}\n", "add(3, 4)"),
            "typescript": ("function add(a: number, b: number): number {\n  return a + b;\n}\n", "add(3, 4)"),
            "swift": ("func add(_ a: Int, to b: Int) -> Int {\n    a + b\n}\n", "add(3, to: 4)"),
            "perl": ("sub add {\n  my ($a, $b) = @_;\n  return $a + $b;\n}\n", "add(3, 4)"),
            "php": ("<?php\nfunction add($a, $b) {\n    return $a + $b;\n}\n", "add(3, b: 4)"),
            "bash": ("add() {\n  echo $(($1 + $2))\n}\n", "add 3 4"),
            "clojure": ("(defn add [a b]\n  (+ a b))\n", "(add 3 4)"),
            "common-lisp": ("(defun add (a b)\n  (+ a b))\n", "(add 3 4)"), "scheme": (lisp, "(add 3 4)"),
            "racket": ("#lang racket\n" + lisp, "(add 3 4)"),
            "elixir": ("add = fn a, b -> a + b end\n", "add.(3, 4)"),
            "forth": (": add ( a b -- c )\n  + ;\n", "3 4 add"),
            "groovy": ("def add(a, b) {\n    a + b\n}\n", "add(3, 4)"),
            "nim": ("proc add(a, b: int): int =\n  a + b\n", "add(3, b = 4)"),
            "octave": ("1;\nfunction c = add(a, b)\n  c = a + b;\nend\n", "add(3, 4)"),
            "r": ("add <- function(a, b) {\n  a + b\n}\n", "add(3, b = 4)"),
            "sql": ("CREATE TABLE t (a INTEGER);\n", "max(3, 4) + 3"),
            "tcl": ("proc add {a b} {\n    expr {$a + $b}\n}\n", "add 3 4"),
        ]
    }()

    @Test("runs a call where its manifest says how", .timeLimit(.minutes(5)), arguments: installed)
    func call(plugin: LanguagePlugin) async throws {
        let known = Self.calls[plugin.manifest.name]
        #expect((plugin.manifest.callStatement == nil) == (known == nil), "a new call statement wants a call here")
        guard let (code, call) = known else { return }
        let snippet = Snippet(id: "s", language: plugin.manifest.name, code: code, fields: ["call": .string(call)])
        let outcome = try await GeneratorFixture.generator {
            $0.mix = [.forward: 1]
            $0.tasksPerSnippet = 2
        }.tasks(of: snippet)
        let called = try #require(outcome.tasks.first { $0.form == .function }, "\(outcome.drops)")
        #expect(called.task.call?.isEmpty == false)
        let printed = called.task.truth?.stdout.split(whereSeparator: \.isWhitespace).last.map(String.init)
        #expect(called.task.call == call ? printed == "7" : printed.flatMap { Int($0) } != nil)
        #expect(called.task.truth?.isFailure == false)
    }

    @Test(
        "is given calls with named arguments where calls can name them", .timeLimit(.minutes(5)),
        arguments: installed.filter { !$0.manifest.syntax.namedArgument.isEmpty && $0.manifest.extends == nil })
    func named(plugin: LanguagePlugin) async throws {
        let joining = [
            "php": "<?php\nfunction join2($text, $count) {\n    return json_encode([$text, $count]);\n}\n",
            "crystal": "def join(text, count)\n  \"#{text} #{count}\"\nend\n",
            "nim": "proc join(text: string, count: int): string =\n  text & $count\n",
        ]
        let code = joining[plugin.manifest.name] ?? "def join(text, count):\n    return str(text) + str(count)\n"
        let label = plugin.manifest.syntax.namedArgument.replacing("{name}", with: "count")
            .replacing("{value}", with: "")
        var calls: [String] = []
        for seed in 0..<8 where !calls.contains(where: { $0.contains(label) }) {
            let outcome = try await GeneratorFixture.generator {
                $0.mix = [.forward: 1]
                $0.tasksPerSnippet = 3
                $0.seed = UInt64(seed)
            }.tasks(of: Snippet(id: "s", language: plugin.manifest.name, code: code))
            calls += outcome.tasks.compactMap(\.task.call)
            #expect(outcome.tasks.allSatisfy { $0.task.truth?.isFailure == false })
        }
        #expect(calls.contains { $0.contains(label) }, "\(calls)")
    }
}
