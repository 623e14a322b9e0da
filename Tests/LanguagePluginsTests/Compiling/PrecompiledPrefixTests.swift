import Glibc
import Sandbox
import Tasks
import TestSupport
import Testing

@testable import LanguagePlugins

/// A program in C++ that is compiled with and without a precompiled prefix.
struct PrefixedProgram: Sendable, CustomTestStringConvertible {
    let what: String
    let includes: [String]
    let rest: String
    var testDescription: String { what }

    var source: [UInt8] { Array((includes.map { "#include <\($0)>\n" }.joined() + rest).utf8) }

    private static let small = ["cstdio", "cassert", "climits"]
    private static let large = ["vector"]

    static let all = [
        PrefixedProgram(
            what: "names its file, its lines and its counters", includes: small,
            rest: """
                #define TWICE(a) a a
                int main() {
                    printf("%s %s %d\\n", __FILE__, __BASE_FILE__, __LINE__);
                    printf("%d %d %d\\n", __COUNTER__, __COUNTER__, __INCLUDE_LEVEL__);
                    printf("%s\\n", __PRETTY_FUNCTION__);
                }
                """),
        PrefixedProgram(
            what: "fails an assertion", includes: small,
            rest: "int main() { printf(\"a\\n\"); fflush(stdout); assert(1 == 2); }\n"),
        PrefixedProgram(
            what: "includes a header again to turn its assertions off", includes: small,
            rest: "#define NDEBUG\n#include <cassert>\nint main() { assert(0); puts(\"still here\"); }\n"),
        PrefixedProgram(
            what: "changes how it is compiled behind its includes", includes: large,
            rest: """
                #pragma GCC optimize("O3,unroll-loops")
                #pragma GCC target("sse4.2")
                int main() { std::vector<int> a(100, 3); int s = 0; for (int x : a) s += x; return s != 300; }
                """),
        PrefixedProgram(what: "uses what nobody declared", includes: small, rest: "int main() { return foo + bar; }\n"),
        PrefixedProgram(
            what: "forgets a header, and is told which", includes: small,
            rest: "int main() { std::vector<int> v; std::sort(1, 2); memset(0, 0, 0); strlen(\"\"); }\n"),
        PrefixedProgram(
            what: "makes a header's template complain", includes: large,
            rest: "struct S { S() = delete; };\nint main() { std::vector<S> v(3); v.push_back(\"x\"); v < v; }\n"),
        PrefixedProgram(
            what: "makes a header's template complain from other lines than the first", includes: [],
            rest: """
                // A comment.

                #include <vector>
                struct S { S() = delete; };
                int main() { std::vector<S> v(3); }
                """),
        PrefixedProgram(
            what: "defines what a header defines", includes: small,
            rest: "#define INT_MAX 3\nint printf;\ndouble puts(int);\nint main() { return INT_MAX; }\n"),
        PrefixedProgram(
            what: "includes what is not there", includes: small,
            rest: "#include <no/such/header>\nint main() {}\n"),
        PrefixedProgram(what: "warns", includes: small, rest: "#warning \"a\"\nint main() { return 0; }\n"),
        PrefixedProgram(
            what: "complains more often than is shown", includes: small,
            rest: "int main() {\n" + String(repeating: "    foo;\n", count: 40) + "}\n"),
        PrefixedProgram(
            what: "does not define what it uses", includes: small, rest: "void f();\nint main() { f(); }\n"),
        PrefixedProgram(what: "has no main", includes: small, rest: "int mian() { return 0; }\n"),
        PrefixedProgram(what: "ends within a comment", includes: small, rest: "int main() { /*\n"),
        PrefixedProgram(what: "ends a condition that never began", includes: small, rest: "#endif\nint main() {}\n"),
        PrefixedProgram(
            what: "wants a precompiled file of its own", includes: small,
            rest: "#pragma GCC pch_preprocess \"/etc/passwd\"\nint main() {}\n"),
        PrefixedProgram(
            what: "calls itself a system header", includes: small,
            rest: "#pragma GCC system_header\n#pragma once\nint main() { return foo; }\n"),
        PrefixedProgram(
            what: "includes itself", includes: small,
            rest: "#if __INCLUDE_LEVEL__ == 0\n#include \"main.cpp\"\n#endif\nint a;\nint main() { return q; }\n"),
        PrefixedProgram(
            what: "sets its own lines", includes: small,
            rest: "#line 1000 \"other.cpp\"\nint main() { return foo; }\n"),
        PrefixedProgram(what: "is includes only", includes: small, rest: ""),
    ]
}

@Suite("A precompiled prefix", .serialized)
struct PrecompiledPrefixTests {
    /// One store for all, so that each prefix is made once.
    private static let shared = Result {
        let scratch = try ScratchFolder(in: "/var/tmp")
        return (scratch, try PreparedStore(folder: "\(scratch.path)/store"))
    }

    private static func runner(store: PreparedStore?) throws -> ProgramRunner {
        try ProgramRunner(
            registry: PluginFixture.registry.get(), sandbox: PluginFixture.sandbox.get(), cache: nil, store: store)
    }

    private static func store() throws -> PreparedStore { try shared.get().1 }

    /// What a compiler printed, with the names that it made up for its temporary files taken out.
    private static func text(_ bytes: [UInt8]?) -> String {
        String(decoding: bytes ?? [], as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("/tmp/cc") ? "/tmp/cc.o:" : $0 }.joined(separator: " ")
    }

    private func things(in store: PreparedStore) -> [String] {
        (HostFolder.names(in: store.folder) ?? []).filter { !$0.hasPrefix("seen-") }
    }

    /// Where a box shows a store.
    private func shown(_ store: PreparedStore) throws -> String {
        try PluginFixture.sandbox.get().isolation.level == .landlock ? store.folder : "/prepared"
    }

    private func report(_ source: [UInt8], _ runner: ProgramRunner, files: [String: [UInt8]] = [:]) async throws
        -> ProgramReport
    {
        try await runner.run(
            SourceProgram(language: "cpp", source: source, files: files), inputs: [ProgramInput()], limits: nil,
            stopAtFirstFailure: false)
    }

    /// Makes the prefix of includes by asking for it twice.
    private func make(_ includes: [String], in store: PreparedStore) async throws {
        let text = includes.map { "#include <\($0)>\n" }.joined()
        let runner = try Self.runner(store: store)
        for number in 1...2 {
            _ = try await report(Array("\(text)int main() { return \(number) - \(number); }\n".utf8), runner)
        }
    }

    @Test(
        "changes nothing that a program or its author can see", .timeLimit(.minutes(3)), arguments: PrefixedProgram.all)
    func same(_ program: PrefixedProgram) async throws {
        let store = try Self.store()
        try await make(program.includes.isEmpty ? ["vector"] : program.includes, in: store)
        #expect(!things(in: store).isEmpty)
        let with = try await report(program.source, Self.runner(store: store))
        let without = try await report(program.source, Self.runner(store: nil))
        #expect(with.compile?.verdict == without.compile?.verdict)
        #expect(Self.text(with.compile?.stderr) == Self.text(without.compile?.stderr))
        #expect(with.compile?.stdout == without.compile?.stdout)
        #expect(with.runs.first?.verdict == without.runs.first?.verdict)
        #expect(with.runs.first?.exitCode == without.runs.first?.exitCode)
        #expect(with.runs.first?.signal == without.runs.first?.signal)
        #expect(with.runs.first?.stdoutText == without.runs.first?.stdoutText)
        #expect(with.runs.first?.stderrText == without.runs.first?.stderrText)
    }

    @Test("is made when it is missed twice, and used ever after", .timeLimit(.minutes(5)))
    func made() async throws {
        let scratch = try ScratchFolder(in: "/var/tmp")
        let store = try PreparedStore(folder: "\(scratch.path)/store")
        let runner = try Self.runner(store: store)
        func source(_ number: Int) -> [UInt8] { Array("#include <cstdio>\nint main() { return \(number); }\n".utf8) }
        _ = try await report(source(1), runner)
        #expect(things(in: store).isEmpty)
        _ = try await report(source(2), runner)
        #expect(things(in: store).count == 1)
        // A program that can see whether it is used.
        let path = "\(try shown(store))/\(try #require(things(in: store).first))/prefix.gch"
        let probe = Array(
            "#include <cstdio>\n#define USED 0\n#if __has_include(\"\(path)\")\n#undef USED\n#define USED 1\n#endif\nint main() { return USED; }\n"
                .utf8)
        #expect(try await report(probe, runner).runs.first?.exitCode == 1)
        #expect(try await report(probe, try Self.runner(store: nil)).runs.first?.exitCode == 0)
    }

    @Test("is made once when several programs miss it at once", .timeLimit(.minutes(5)))
    func together() async throws {
        let scratch = try ScratchFolder(in: "/var/tmp")
        let store = try PreparedStore(folder: "\(scratch.path)/store")
        let runner = try Self.runner(store: store)
        let verdicts = try await withThrowingTaskGroup(of: Verdict?.self) { group in
            for number in 0..<6 {
                group.addTask {
                    let source = Array("#include <cstdio>\nint main() { puts(\"\(number)\"); }\n".utf8)
                    return try await report(source, runner).runs.first?.verdict
                }
            }
            return try await group.reduce(into: [Verdict?]()) { $0.append($1) }
        }
        #expect(verdicts == Array(repeating: .accepted, count: 6))
        #expect(things(in: store).count == 1)
    }

    @Test("holds headers of the list and no others", .timeLimit(.minutes(5)))
    func unknown() async throws {
        let scratch = try ScratchFolder(in: "/var/tmp")
        let store = try PreparedStore(folder: "\(scratch.path)/store")
        try await make(["cstdio", "ext/no_such_header"], in: store)
        #expect(things(in: store).count == 1, "what stands before the first that is unknown")
    }

    @Test("that was torn is not used, and made again", .timeLimit(.minutes(5)))
    func torn() async throws {
        let scratch = try ScratchFolder(in: "/var/tmp")
        let folder = "\(scratch.path)/store"
        try await make(["cstdio"], in: PreparedStore(folder: folder))
        #expect(
            HostCommand.run(
                "cd '\(folder)'/[0-9a-f]* && printf AAAAAAAA | dd of=prefix.gch bs=1 seek=100000 conv=notrunc status=none"
            ) == 0)
        let runner = try Self.runner(store: PreparedStore(folder: folder))
        let result = try await report(Array("#include <cstdio>\nint main() { puts(\"a\"); }\n".utf8), runner)
        #expect(result.runs.first?.stdoutText == "a\n")
        let made = things(in: try PreparedStore(folder: folder))
        #expect(made.count == 1)
        let place = "\(folder)/\(try #require(made.first))"
        let text = String(decoding: try HostFolder.file("\(place)/entry"), as: UTF8.self)
        let entry = try #require(PreparedEntry(text: text))
        #expect(StoredFile.checksum(of: "\(place)/prefix.gch", size: entry.size)?.hexadecimal == entry.checksum)
    }

    @Test("whose making is stopped by a limit leaves nothing, and the program compiles", .timeLimit(.minutes(5)))
    func stopped() async throws {
        let scratch = try ScratchFolder(in: "/var/tmp")
        let manifest = try PluginFixture.manifest(of: "cpp")
        let changed = manifest.split(separator: "\"memory_mb\": 2048").joined(separator: "\"memory_mb\": 24")
        #expect(changed != manifest)
        #expect(HostCommand.run("mkdir '\(scratch.path)/cpp'") == 0)
        #expect(StoredFile.make("\(scratch.path)/cpp/plugin.json", mode: 0o600, content: Array(changed.utf8)))
        let store = try PreparedStore(folder: "\(scratch.path)/store")
        let runner = try ProgramRunner(
            registry: PluginRegistry.load(folders: [scratch.path]), sandbox: PluginFixture.sandbox.get(), cache: nil,
            store: store)
        for number in 0..<3 {
            let source = Array("#include <vector>\nint main() { return \(number); }\n".utf8)
            let result = try await report(source, runner)
            #expect(result.runs.first?.exitCode == Int32(number))
        }
        #expect(things(in: store).isEmpty)
    }

    @Test(
        "cannot be spoilt by a program, nor taken from another", .timeLimit(.minutes(5)),
        arguments: [
            // What the compiler prints names the store, as it does when a prefix is of no use.
            "#error {store}\nint main() {}\n",
            "#include \"{path}\"\nint main() {}\n",
            "#if __has_include(\"{path}\")\n#error {path}\n#endif\nint main() {}\n",
            "#pragma GCC pch_preprocess \"{path}\"\nint main() {}\n",
            "asm(\".incbin \\\"{path}\\\"\");\nint main() {}\n",
            // The assembler is the one tool of a compilation that a program gives orders to.
            "asm(\".print \\\"{store}\\\"\\n.err\");\nint main() {}\n",
            "#pragma GCC dependency \"{path}\"\n#include \"{store}/x\"\nint main() {}\n",
            "#include <cstdio>\n#include \"/dev/stdin\"\n#include \"/proc/self/fd/0\"\nint main() {}\n",
            "template<int N> struct F { F<N + 1> f; };\nF<0> f;\nint main() {}\n",
        ])
    func hostile(rest: String) async throws {
        let store = try Self.store()
        try await make(["cstdio"], in: store)
        let before = states(of: store)
        // As the box shows it.
        let folder = try shown(store)
        let path = "\(folder)/\(try #require(before.first?.key))/prefix.gch"
        let text = rest.split(separator: "{store}", omittingEmptySubsequences: false).joined(separator: folder)
            .split(separator: "{path}", omittingEmptySubsequences: false).joined(separator: path)
        let runner = try Self.runner(store: store)
        let files = ["prefix.gch": Array("x".utf8), "main.cpp.gch": Array("y".utf8), "cstdio": Array("#error z".utf8)]
        for _ in 0..<2 { _ = try await report(Array("#include <cstdio>\n\(text)".utf8), runner, files: files) }
        #expect(states(of: store) == before)
        let other = try await report(Array("#include <cstdio>\nint main() { puts(\"a\"); }\n".utf8), runner)
        #expect(other.runs.first?.stdoutText == "a\n")
    }

    @Test("is made aside where there is other work, and nobody waits for it", .timeLimit(.minutes(5)))
    func aside() async throws {
        let scratch = try ScratchFolder(in: "/var/tmp")
        let store = try PreparedStore(folder: "\(scratch.path)/store")
        let runner = try ProgramRunner(
            registry: PluginFixture.registry.get(), sandbox: PluginFixture.sandbox.get(), cache: nil, store: store,
            waits: false)
        func source(_ number: Int) -> [UInt8] { Array("#include <cstdio>\nint main() { return \(number); }\n".utf8) }
        for number in 1...3 { #expect(try await report(source(number), runner).runs.first?.exitCode == Int32(number)) }
        await runner.settle()
        #expect(things(in: store).count == 1)
        #expect(try await report(source(4), runner).runs.first?.exitCode == 4)
    }

    @Test("is shown under a name that tells nothing of the host", .timeLimit(.minutes(5)))
    func neutralName() async throws {
        let store = try Self.store()
        try await make(["cstdio"], in: store)
        let before = states(of: store)
        let name = try #require(before.first?.key)
        let isRenamed = try shown(store) != store.folder
        let paths = [
            ("\(try shown(store))/\(name)/prefix.gch", true), ("\(store.folder)/\(name)/prefix.gch", !isRenamed),
        ]
        for (path, isThere) in paths {
            let source = """
                #include <cstdio>
                #if __has_include("\(path)")
                int main() { return 3; }
                #else
                int main() {}
                #endif

                """
            let outcome = try await report(Array(source.utf8), Self.runner(store: store))
            #expect(outcome.runs.first?.exitCode == (isThere ? 3 : 0), "\(path)")
        }
    }

    @Test("lies where a compiler's box cannot write", .timeLimit(.minutes(5)))
    func readOnly() async throws {
        let store = try Self.store()
        try await make(["cstdio"], in: store)
        let before = states(of: store)
        let name = try #require(before.first?.key)
        let script = """
            cd \(store.folder) || exit 9
            for f in \(name)/prefix.gch \(name)/entry \(name)/x x; do
                (echo x > $f) 2>/dev/null && echo wrote $f
                (echo x >> $f) 2>/dev/null && echo appended $f
                rm -f $f 2>/dev/null && test ! -e $f && test $f != x && test $f != \(name)/x && echo removed $f
                ln $f /tmp/y 2>/dev/null && echo linked $f
                chmod 777 $f 2>/dev/null && echo changed $f
            done
            mv \(name) y 2>/dev/null && echo moved
            mount -o remount,rw \(store.folder) 2>/dev/null && echo mounted
            ls 2>/dev/null
            echo done
            """
        let result = try await PluginFixture.sandbox.get().run(
            SandboxCommand(
                arguments: ["/bin/sh", "-c", script], environment: ["PATH": "/usr/bin:/bin"],
                view: FileSystemView.system.adding([store.folder])))
        #expect(String(decoding: result.stdout.bytes, as: UTF8.self) == "done\n")
        #expect(states(of: store) == before)
    }

    @Test("may hold any header of the list, for each means the same a second time", .timeLimit(.minutes(5)))
    func headers() async throws {
        for plugin in PluginFixture.languages {
            guard let prefix = plugin.manifest.aids.prefix else { continue }
            let once = prefix.headers.sorted().map { "#if __has_include(<\($0)>)\n#include <\($0)>\n#endif\n" }.joined()
            // Empty lines are left where a header skips itself; __need_ macros are how headers talk to each other.
            let script = """
                for f in "$@"; do
                    for kind in '-E -P' '-E -dM'; do
                        $f -w $kind once.\(plugin.manifest.fileExtension) | grep -v -e '^ *$' -e ' __need_' | sort >a
                        $f -w $kind twice.\(plugin.manifest.fileExtension) | grep -v -e '^ *$' -e ' __need_' | sort >b
                        test -s a && diff a b
                    done
                done
                """
            let flags = prefix.preparation.phase.command.map(\.text).filter {
                $0.hasPrefix("-std") || $0.hasPrefix("-O")
            }
            let compiler = ([plugin.toolchain.place?.program ?? ""] + flags).joined(separator: " ")
            func file(_ name: String, _ text: String) -> InputFile {
                InputFile(path: "\(name).\(plugin.manifest.fileExtension)", content: .bytes(Array(text.utf8)))
            }
            let result = try await PluginFixture.sandbox.get().run(
                SandboxCommand(
                    arguments: ["/bin/sh", "-c", script, "sh", compiler], environment: ["PATH": "/usr/bin:/bin"],
                    inputFiles: [file("once", once), file("twice", once + once)]))
            #expect(result.termination == .exited(0), "\(plugin.manifest.name)")
            #expect(result.stdout.bytes.isEmpty, "\(String(decoding: result.stdout.bytes, as: UTF8.self))")
            #expect(result.stderr.bytes.isEmpty, "\(String(decoding: result.stderr.bytes, as: UTF8.self))")
        }
    }

    /// What the file system says of each prefix; no program can turn back the time of a change.
    private func states(of store: PreparedStore) -> [String: [Int]] {
        things(in: store).reduce(into: [:]) { states, name in
            var status = stat()
            guard stat("\(store.folder)/\(name)/prefix.gch", &status) == 0 else { return }
            states[name] = [
                Int(status.st_ino), Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
                status.st_ctim.tv_sec, status.st_ctim.tv_nsec, Int(status.st_mode),
            ]
        }
    }
}
