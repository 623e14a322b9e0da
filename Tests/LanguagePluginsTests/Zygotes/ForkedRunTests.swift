import Sandbox
import TestSupport
import Testing

@testable import LanguagePlugins

@Suite("A run forked from Python's zygote is one that was executed", .serialized)
struct ForkedRunTests {
    @Test("for programs that look for a difference", .timeLimit(.minutes(5)), arguments: SampleProgram.edges)
    func edges(program: SampleProgram) async throws {
        try await ForkedAndExecuted(program).expectSame()
    }

    @Test("and there are programs that look for one")
    func count() { #expect(SampleProgram.edges.count > 250) }

    @Test(
        "for what importing a module leaves: modules, folders searched, names, in order", .timeLimit(.minutes(5)),
        arguments: ImportSample.statements)
    func imports(statement: String) async throws {
        try await ForkedAndExecuted(ImportSample.program(statement)).expectSame()
    }

    @Test(
        "for programs of models and of benchmarks", .timeLimit(.minutes(5)),
        arguments: ["cruxeval", "humaneval-python", "mbxp"])
    func real(file: String) async throws {
        let programs = try RealProgram.all(in: "\(PackageRoot.path)/Tests/Fixtures/rollouts/\(file).jsonl")
        #expect(programs.count >= 20)
        for program in programs { try await ForkedAndExecuted(program).expectSame() }
    }

    @Test("in the surroundings of a second look", .timeLimit(.minutes(5)), arguments: ["cruxeval", "mbxp"])
    func secondLook(file: String) async throws {
        let programs = try RealProgram.all(in: "\(PackageRoot.path)/Tests/Fixtures/rollouts/\(file).jsonl")
        for program in programs { try await ForkedAndExecuted(program, surroundings: .other).expectSame() }
    }

    @Test("where a second look has another folder, time zone and seed", .timeLimit(.minutes(5)))
    func surroundings() async throws {
        let source = """
            import os, sys, time, pathlib
            print(os.getcwd(), os.listdir(), sys.argv, sys.path, __file__, pathlib.Path().absolute())
            print(time.tzname, time.localtime(0).tm_hour, os.environ, hash("retort"), list({"a", "b", "c"}))
            import main as again
            """
        let program = SampleProgram(name: "surroundings", source: Array(source.utf8))
        let runs = [
            try await ForkedAndExecuted(program), try await ForkedAndExecuted(program, surroundings: .other),
        ]
        for run in runs { run.expectSame() }
        #expect(runs[0].forked.stdout.text != runs[1].forked.stdout.text)
    }

    @Test("which random numbers show to be no copy of the last", .timeLimit(.minutes(5)))
    func randomness() async throws {
        let source = """
            import os, random, uuid, tempfile
            print(random.random(), uuid.uuid4(), next(tempfile._get_candidate_names()), os.urandom(4), hash("retort"))
            """
        let program = SampleProgram(name: "random", source: Array(source.utf8))
        var numbers: Set<String> = []
        for _ in 0..<5 {
            let run = try await ForkedAndExecuted(program)
            #expect(run.forked.isForked == run.isServed)
            numbers.formUnion([run.forked.stdout.text, run.executed.stdout.text])
        }
        #expect(numbers.count == 10)
        #expect(Set(numbers.compactMap { $0.split(separator: " ").last }).count == 1, "the hash seed is given")
    }
}
