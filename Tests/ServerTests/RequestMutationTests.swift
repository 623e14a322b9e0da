import JSON
import Tasks
import TestSupport
import Testing

@testable import Server

/// Every parser of requests, with a request that it takes.
enum RequestParser: String, CaseIterable, Sendable {
    case score, run, tasks, runs, fusion, submission, piston, openRLHF, nemoGym, line

    var seed: String {
        switch self {
        case .score:
            #"{"items":[{"id":"r","task":{"kind":"tests","tests":[]},"completion":"x"}],"preset":"tests","detail":true}"#
        case .run:
            #"{"program":"print(1)","language":"python","stdin":"a","args":["b"],"files":{"c":"d","e":{"base64":"AA=="}},"limits":{"cpu_ms":1000,"wall_ms":1e3,"memory_bytes":1048576,"processes":4,"output_bytes":9}}"#
        case .tasks:
            #"{"snippets":[{"id":"s","language":"python","code":"print(1)"}],"format":"trl","seed":1,"mix":{"forward":3},"plain":true,"settings":{"epoch":2}}"#
        case .runs: #"{"run":"first"}"#
        case .fusion:
            #"{"code":"1","language":"python","stdin":null,"compile_timeout":10,"run_timeout":1.5,"memory_limit_MB":64,"files":{"a":"AA==","b":null},"fetch_files":[]}"#
        case .submission:
            #"{"id":1,"dataset":"x","completion":"```python\n1\n```","config":{"language":"python","run_timeout":2,"extra":{"run_all_cases":true},"provided_data":{"test":[{"input":{"stdin":"2"},"output":{"stdout":"4.0"}}]}}}"#
        case .piston:
            #"{"language":"py","version":">=3.1","files":[{"name":"a","content":"1","encoding":"utf8"},{"content":"0a","encoding":"hex"}],"stdin":"a","args":["b"],"run_timeout":100,"run_cpu_time":5,"run_memory_limit":1000000}"#
        case .openRLHF: #"{"query":["<s>ask: a <|im_end|>"],"prompts":["ask: "],"labels":["{}"]}"#
        case .nemoGym:
            #"{"response":{"output":[{"type":"message","content":[{"type":"output_text","text":"a"}]}]},"verifier_metadata":{"unit_tests":{"inputs":["1"],"outputs":["2"]}}}"#
        case .line: #"{"jsonrpc":"2.0","id":7,"method":"score","params":{"items":[]}}"#
        }
    }

    /// Reads a request and does with it what needs no sandbox.
    func read(_ json: JSONValue) async throws {
        switch self {
        case .score: _ = try ScoreRequest(json)
        case .run: _ = try ProgramRequest(json).limits?.bounded(by: ServiceOptions().most)
        case .tasks: _ = try TasksRequest(json)
        case .runs: _ = try RunsRequest(json)
        case .fusion: _ = try SandboxFusionRequest(json)
        case .submission:
            _ = try await SandboxFusionSubmission(json).answer { _ in
                ["status": "Success", "run_result": ["stdout": "4"]]
            }
        case .piston:
            let request = try PistonRequest(json, most: ServiceOptions().most)
            _ = request.matches("Python 3.11.2")
        case .openRLHF:
            let request = try OpenRLHFRequest(json)
            _ = request.answer(request.items.map { _ in ["reward": 1.0, "tests": 1.0] })
        case .nemoGym: _ = try NeMoGymRequest(json).answer(["reward": 1.0, "infra_error": 0])
        case .line: _ = try LineRequest(json)
        }
    }
}

@Suite("Mutated requests never trap")
struct RequestMutationTests {
    private static let values: [JSONValue] = [
        .null, true, .integer(0), .integer(-1), .integer(.max), .integer(.min), .number(1e308), .number(-0.5),
        .number(.leastNonzeroMagnitude), "", "\u{0}", "../../etc/passwd", "/etc/passwd", "%", "\u{FFFD}\u{1F600}",
        .string(String(repeating: "a", count: 70_000)), [], [:], [[]], [.null, 1, "x"], ["": [:]],
    ]
    private static let bytes = Array("{}[]\",:\\u0129eE+-.tfn \n\0\u{7F}".utf8) + [0x80, 0xC3, 0xED, 0xF4, 0xFF]

    @Test("whatever stands in the place of a value", arguments: RequestParser.allCases)
    func values(parser: RequestParser) async throws {
        var random = SplitMix(state: 20_240_611)
        let seed = try JSONValue.parse(Array(parser.seed.utf8))
        try await parser.read(seed)
        var refused = 0
        for _ in 0..<3000 {
            var json = seed
            for _ in 0...Int.random(in: 0..<2, using: &random) {
                var place = Int.random(in: 0..<Self.count(json), using: &random)
                json = Self.replacing(&place, of: json, by: Self.values.randomElement(using: &random) ?? .null)
            }
            refused += await isRefused(json, parser) ? 1 : 0
        }
        #expect(refused > 100)
    }

    @Test("whatever becomes of their bytes", arguments: RequestParser.allCases)
    func bytes(parser: RequestParser) async throws {
        var random = SplitMix(state: 20_240_612)
        for _ in 0..<3000 {
            var text = Array(parser.seed.utf8)
            for _ in 0...Int.random(in: 0..<3, using: &random) {
                let place = Int.random(in: 0..<max(1, text.count), using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0 where !text.isEmpty: text.remove(at: place)
                case 1: text.insert(Self.bytes.randomElement(using: &random) ?? 0, at: place)
                default: if !text.isEmpty { text[place] = Self.bytes.randomElement(using: &random) ?? 0 }
                }
            }
            guard let json = try? JSONValue.parse(text) else { continue }
            _ = await isRefused(json, parser)
        }
    }

    /// Whether a request is refused; one that is has a code and says why.
    private func isRefused(_ json: JSONValue, _ parser: RequestParser) async -> Bool {
        do {
            try await parser.read(json)
            return false
        } catch let problem as ServiceProblem {
            #expect([.invalidRequest, .tooLarge].contains(problem.code) && !problem.detail.isEmpty)
        } catch let error as LineError {
            #expect(!error.problem.detail.isEmpty)
        } catch {
            Issue.record("\(parser) threw \(error)")
        }
        return true
    }

    private static func count(_ json: JSONValue) -> Int {
        switch json {
        case .array(let elements): elements.reduce(1) { $0 + count($1) }
        case .object(let members): members.reduce(1) { $0 + count($1.1) }
        default: 1
        }
    }

    /// A value with another in the stead of the node at a place; nodes are counted from the root on.
    private static func replacing(_ place: inout Int, of json: JSONValue, by other: JSONValue) -> JSONValue {
        place -= 1
        if place == -1 { return other }
        if place < -1 { return json }
        switch json {
        case .array(let elements): return .array(elements.map { replacing(&place, of: $0, by: other) })
        case .object(let members):
            return .object(JSONObject(members.map { ($0.0, replacing(&place, of: $0.1, by: other)) }))
        default: return json
        }
    }
}
