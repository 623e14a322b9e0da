import JSON
import Tasks
import Testing

@testable import Server

@Suite("Requests")
struct RequestTests {
    static let badScores: [(String, String)] = [
        (#"[]"#, "$: expected an object, found an array"),
        (#"{}"#, "$: missing field \"items\""),
        (#"{"items": 3}"#, "$.items: expected an array, found a number"),
        (#"{"items": [], "prest": "tests"}"#, "$.prest: unknown field"),
        (#"{"items": [], "preset": "nope"}"#, "$.preset: unknown preset"),
        (#"{"items": [], "preset": "tests", "rewards": {}}"#, "$.rewards: give \"preset\" or \"rewards\""),
        (#"{"items": [], "rewards": {"name": 1}}"#, "$.rewards"),
        (#"{"items": [], "detail": "yes"}"#, "$.detail: expected"),
    ]

    @Test("to score are refused with the place of what is wrong", arguments: badScores)
    func badScoreRequests(text: String, message: String) throws {
        let json = try JSONValue.parse(Array(text.utf8))
        let problem = #expect(throws: ServiceProblem.self) { try ScoreRequest(json) }
        #expect(problem?.code == .invalidRequest)
        #expect(problem?.detail.hasPrefix(message) == true, "\(problem?.detail ?? "")")
    }

    static let badPrograms: [(String, String)] = [
        (#"{"language": "python"}"#, "$: missing field \"program\""),
        (
            #"{"program": "1", "program_base64": "MQ==", "language": "python"}"#,
            "$.program_base64: give \"program\" or \"program_base64\""
        ),
        (#"{"program": "", "language": "python"}"#, "$.program: is empty"),
        (#"{"program": "1"}"#, "$: missing field \"language\""),
        (#"{"program": "1", "language": "python", "limits": {"cpu_ms": 0}}"#, "$.limits.cpu_ms: must be above 0"),
        (#"{"program": "1", "language": "python", "limits": {"cpu": 1}}"#, "$.limits.cpu: unknown field"),
        (
            #"{"program": "1", "language": "python", "files": {"a": {"base64": "%"}}}"#,
            "$.files.a.base64: is not base64"
        ),
        (#"{"program": "1", "language": "python", "path": "/etc/passwd"}"#, "$.path: unknown field"),
    ]

    @Test("to run are refused with the place of what is wrong", arguments: badPrograms)
    func badProgramRequests(text: String, message: String) throws {
        let json = try JSONValue.parse(Array(text.utf8))
        let problem = #expect(throws: ServiceProblem.self) { try ProgramRequest(json) }
        #expect(problem?.detail.hasPrefix(message) == true, "\(problem?.detail ?? "")")
    }

    @Test("get no more than the server allows, and their own limits where those are lower")
    func limitsAreLowered() {
        let most = TaskLimits(cpuTime: .seconds(10), memory: 1 << 30)
        let asked = TaskLimits(cpuTime: .seconds(3600), wallTime: .seconds(5), memory: 1 << 20)
        let given = asked.bounded(by: most)
        #expect(given.cpuTime == .seconds(10))
        #expect(given.wallTime == .seconds(5))
        #expect(given.memory == 1 << 20)
        #expect(given.processes == nil)
    }

    static let versions: [(String, String, Bool)] = [
        ("*", "Python 3.11.2", true), ("3.x", "Python 3.11.2", true), ("3.11.2", "Python 3.11.2", true),
        ("3.11", "Python 3.11.2", true), ("2", "Python 3.11.2", false), ("3.10.0", "Python 3.11.2", false),
        (">=3.10", "Python 3.11.2", true), (">=3.12", "Python 3.11.2", false), ("^3.1", "Python 3.11.2", true),
        ("^2.9", "Python 3.11.2", false), ("15.10.0", "v20.19.2", false), ("20", "v20.19.2", true),
    ]

    @Test("of Piston name a version as semver does", arguments: versions)
    func pistonVersions(asked: String, known: String, matches: Bool) throws {
        let json: JSONValue = ["language": "python", "version": .string(asked), "files": [["content": "1"]]]
        #expect(try PistonRequest(json, most: TaskLimits()).matches(known) == matches)
    }

    @Test("of OpenRLHF hold the text behind the prompt, and may be empty")
    func openRLHFRequests() throws {
        let json: JSONValue = [
            "query": ["ask: answer", "other"], "prompts": ["ask: ", "ask: "], "labels": ["{}", "{}"],
        ]
        let items = try OpenRLHFRequest(json).items
        #expect(items.map { $0["completion"]?.string } == ["answer", "other"])
        #expect(try OpenRLHFRequest(["query": [], "prompts": [], "labels": []]).items.isEmpty)
        #expect(throws: ServiceProblem.self) { try OpenRLHFRequest(["query": ["a"], "labels": []]) }
    }

    static let endings: [(String, String)] = [
        ("<s>ask: ```\n1\n```<|im_end|>", "```\n1\n```"), ("ask: a</s></s>", "a"), ("ask: a <|endoftext|> \n", "a "),
        ("ask: a <|b|> c", "a <|b|> c"), ("ask: print('<|x|>')", "print('<|x|>')"), ("ask: |>", "|>"), ("ask: ", ""),
        ("ask: a<\u{FF5C}end\u{2581}of\u{2581}sentence\u{FF5C}>", "a"),
    ]

    @Test("of OpenRLHF end with special tokens, which are no part of the answer", arguments: endings)
    func specialTokens(query: String, completion: String) throws {
        let json: JSONValue = ["query": [.string(query)], "prompts": ["ask: "], "labels": ["{}"]]
        #expect(try OpenRLHFRequest(json).items.first?["completion"]?.string == completion)
    }
}
