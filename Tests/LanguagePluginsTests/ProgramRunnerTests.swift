import Tasks
import Testing

@testable import LanguagePlugins

@Suite("A program's runner", .serialized)
struct ProgramRunnerTests {
    private func text(_ record: ExecutionRecord?) -> String? { record?.stdoutText }

    @Test("compiles once, runs on every input, and answers in their order", .timeLimit(.minutes(5)))
    func order() async throws {
        let scratch = try ScratchFolder()
        let runner = try PluginFixture.runner(cache: ArtifactCache(folder: scratch.path))
        let source = """
            #include <stdio.h>
            #include <unistd.h>
            int main(int n, char **a) {
                int x;
                scanf("%d", &x);
                usleep((20 - x) * 5000);
                printf("%d%s\\n", x, n > 1 ? a[1] : "");
            }
            """
        let program = SourceProgram(language: "gcc", source: Array(source.utf8))
        let inputs = (0..<20).map { ProgramInput(stdin: Array("\($0)".utf8), arguments: $0 == 3 ? ["!"] : []) }
        let report = try await runner.run(program, inputs: inputs, limits: nil, stopAtFirstFailure: false)
        #expect(report.language == "c")
        #expect(report.compile?.verdict == .accepted)
        #expect(report.compile?.cached == false)
        #expect(report.runs.map(\.stdoutText) == (0..<20).map { $0 == 3 ? "3!\n" : "\($0)\n" })
        let again = try await runner.run(
            program, inputs: [ProgramInput(stdin: Array("7".utf8))], limits: nil, stopAtFirstFailure: false)
        #expect(again.compile?.cached == true)
        #expect(again.runs.first?.stdoutText == "7\n")
        #expect(runner.statistics.compiled == 1 && runner.statistics.foundCompiled == 1)
    }

    @Test("stops behind the first input that fails, whoever was faster", .timeLimit(.minutes(5)))
    func stops() async throws {
        let source =
            """
            import sys, time
            n = int(input())
            time.sleep(0.3 if n == 2 else 0)
            sys.exit(1 if n in (2, 3, 9) else 0)
            """
        let program = SourceProgram(language: "python", source: Array(source.utf8))
        let inputs = (0..<12).map { ProgramInput(stdin: Array("\($0)\n".utf8)) }
        let report = try await PluginFixture.runner().run(
            program, inputs: inputs, limits: nil, stopAtFirstFailure: true)
        #expect(report.runs.map(\.verdict) == [.accepted, .accepted, .runtimeError])
    }

    @Test("kills what runs behind the first input that fails", .timeLimit(.minutes(5)))
    func killing() async throws {
        let source =
            """
            import sys, time
            n = int(input())
            time.sleep(0 if n == 0 else 3600)
            sys.exit(1)
            """
        let limits = TaskLimits(wallTime: .seconds(3600))
        let report = try await PluginFixture.runner().run(
            SourceProgram(language: "python", source: Array(source.utf8)),
            inputs: (0..<40).map { ProgramInput(stdin: Array("\($0)\n".utf8)) }, limits: limits,
            stopAtFirstFailure: true)
        #expect(report.runs.map(\.verdict) == [.runtimeError])
    }

    @Test("kills everything when it is called off, and the slots are free at once", .timeLimit(.minutes(5)))
    func cancelling() async throws {
        let runner = try PluginFixture.runner()
        let program = SourceProgram(language: "bash", source: Array("sleep 3600".utf8))
        let (begun, tell) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            let inputs = [ProgramInput](repeating: ProgramInput(), count: 40)
            tell.finish()
            return try await runner.run(
                program, inputs: inputs, limits: TaskLimits(wallTime: .seconds(3600)), stopAtFirstFailure: false)
        }
        for await _ in begun {}
        while runner.statistics.started < 2 { try await Task.sleep(for: .milliseconds(2)) }
        task.cancel()
        await #expect(throws: PluginError.self) { _ = try await task.value }
        #expect(runner.statistics.repaired == 0, "what was called off is not tried again")
        let report = try await runner.run(
            SourceProgram(language: "bash", source: Array("echo free".utf8)), inputs: [ProgramInput()], limits: nil,
            stopAtFirstFailure: false)
        #expect(report.runs.first?.stdoutText == "free\n")
    }

    @Test("tells of each run as it ends", .timeLimit(.minutes(5)))
    func telling() async throws {
        let (told, tell) = AsyncStream.makeStream(of: String.self)
        let program = SourceProgram(language: "bash", source: Array("read n; echo $n".utf8))
        let report = try await PluginFixture.runner().run(
            program, inputs: (0..<9).map { ProgramInput(stdin: Array("\($0)\n".utf8)) }, limits: nil,
            stopAtFirstFailure: false
        ) { index, record in
            tell.yield("\(index) \(record.stdoutText)")
        }
        tell.finish()
        let all = await told.reduce(into: []) { $0.append($1) }
        #expect(all.sorted() == report.runs.enumerated().map { "\($0) \($1.stdoutText)" })
    }

    @Test("compiles once what several ask for at the same time", .timeLimit(.minutes(5)))
    func coalescing() async throws {
        let runner = try PluginFixture.runner()
        let program = SourceProgram(language: "c", source: Array("#include <stdio.h>\nint main(){puts(\"x\");}".utf8))
        let outputs = try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 0..<12 {
                group.addTask {
                    try await runner.run(
                        program, inputs: [ProgramInput()], limits: nil, stopAtFirstFailure: false
                    ).runs.first?.stdoutText
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outputs == [String?](repeating: "x\n", count: 12))
        #expect(runner.statistics.started == 13, "one compilation and twelve runs")
    }

    @Test("tries alone what ended within the quarter", .timeLimit(.minutes(5)))
    func quarter() async throws {
        // It counts its own CPU time, so the load cannot change what it needs.
        let source =
            """
            import time
            while time.process_time() < 1.08: pass
            print("done")
            """
        let runner = try PluginFixture.runner()
        let report = try await runner.run(
            SourceProgram(language: "python", source: Array(source.utf8)),
            inputs: [ProgramInput(), ProgramInput(arguments: ["other"])], limits: TaskLimits(cpuTime: .seconds(1)),
            stopAtFirstFailure: false)
        #expect(report.runs.map(\.verdict) == [.timeLimitExceeded, .timeLimitExceeded])
        #expect(runner.statistics.acquitted == 0)
        #expect(runner.statistics.started == 2 + runner.statistics.triedAlone)
    }

    @Test("remembers in memory what did not compile", .timeLimit(.minutes(5)))
    func refusal() async throws {
        let runner = try PluginFixture.runner()
        let program = SourceProgram(language: "c", source: Array("int main( { }".utf8))
        for isCached in [false, true] {
            let report = try await runner.run(
                program, inputs: [ProgramInput()], limits: nil, stopAtFirstFailure: false)
            #expect(report.compile?.verdict == .compileError)
            #expect(report.compile?.cached == isCached)
            #expect(report.runs.isEmpty)
            let complaint = String(decoding: report.compile?.stderr ?? [], as: UTF8.self)
            #expect(complaint.contains("error:"))
        }
    }

    @Test("puts files beside the program and a call behind it", .timeLimit(.minutes(5)))
    func files() async throws {
        let source = "def f(x):\n    return open('data/words.txt').read() * x\n"
        let program = SourceProgram(
            language: "py", source: Array(source.utf8), files: ["data/words.txt": Array("ab".utf8)])
        let report = try await PluginFixture.runner().run(
            program, inputs: [ProgramInput(call: "f(2)"), ProgramInput(call: "f(3)")], limits: nil,
            stopAtFirstFailure: false)
        #expect(report.runs.map(\.stdoutText) == ["abab\n", "ababab\n"])
    }

    @Test("refuses files outside the working folder", arguments: ["../x", "/etc/x", "a/../../x", "", "a//b", "a\0b"])
    func outside(path: String) async throws {
        let program = SourceProgram(language: "python", source: [], files: [path: []])
        let runner = try PluginFixture.runner()
        await #expect(throws: PluginError.self) {
            _ = try await runner.run(program, inputs: [ProgramInput()], limits: nil, stopAtFirstFailure: false)
        }
    }

    @Test(
        "takes source of any bytes", .timeLimit(.minutes(5)),
        arguments: [[], [0], [0xFF, 0xFE, 0x80], Array("print(1)\0\n".utf8)] as [[UInt8]])
    func bytes(source: [UInt8]) async throws {
        let runner = try PluginFixture.runner()
        for language in ["python", "bash", "c"] {
            let report = try await runner.run(
                SourceProgram(language: language, source: source), inputs: [ProgramInput()], limits: nil,
                stopAtFirstFailure: false)
            #expect(report.compile == nil || report.compile?.verdict == .compileError)
        }
    }

    @Test("runs a Java class of another name in a package", .timeLimit(.minutes(5)))
    func javaPackage() async throws {
        let source = """
            package a.b;
            interface Greeter { String greet(); }
            public class Hello {
                static class Inner implements Greeter { public String greet() { return "hello"; } }
                public static void main(String[] args) { System.out.println(new Inner().greet() + args[0]); }
            }
            """
        let report = try await PluginFixture.runner().run(
            SourceProgram(language: "java", source: Array(source.utf8)), inputs: [ProgramInput(arguments: ["!"])],
            limits: nil, stopAtFirstFailure: false)
        #expect(report.runs.first?.stdoutText == "hello!\n", "\(report.runs.first?.stderrText ?? "did not compile")")
    }

    @Test("tells the line of a TypeScript error as it stands in the source", .timeLimit(.minutes(5)))
    func typescriptLine() async throws {
        let source =
            """
            interface A { name: string }
            interface B extends A {}

            const b = {} as B;
            console.log(b.name.length);
            """
        let report = try await PluginFixture.runner().run(
            SourceProgram(language: "ts", source: Array(source.utf8)), inputs: [ProgramInput()], limits: nil,
            stopAtFirstFailure: false)
        #expect(report.runs.first?.failure?.line == 5)
        #expect(report.runs.first?.failure?.type == "TypeError")
    }
}
