import JSON
import LanguagePlugins
import Tasks

/// A request as SandboxFusion's `POST /submit` takes it, for programs that read stdin and print (`CommonOJDataset`).
struct SandboxFusionSubmission: Sendable {
    private struct Case {
        var stdin: String
        var expected: String
        var json: JSONValue
    }

    private let id: JSONValue
    private let completion: String
    private let language: String
    private let config: JSONObject
    private let cases: [Case]
    private let runsAll: Bool

    /// Reads a request: its tests have to come along as `config.provided_data.test`.
    init(_ json: JSONValue) throws(ServiceProblem) {
        do throws(JSONError) {
            let fields = try JSONFields(json)
            id = fields.value("id") ?? .null
            completion = try fields.string("completion")
            let config = try fields.object("config")
            self.config = config.members
            language = try config.optionalString("language") ?? "python"
            runsAll = try config.optionalObject("extra")?.optionalBool("run_all_cases") ?? false
            cases = try Self.cases(config)
        } catch {
            throw ServiceProblem(error)
        }
    }

    /// Runs the tests one after the other, up to the first that fails unless all are wanted.
    func answer(
        _ run: (SandboxFusionRequest) async throws(ServiceProblem) -> JSONObject
    ) async throws(ServiceProblem) -> JSONObject {
        let task = CodeTask(id: "", kind: .tests, language: language)
        let code = AnswerFormat.extract(Completion(text: completion), for: task).code
        var tests: [JSONValue] = []
        var isAccepted = code != nil && !cases.isEmpty
        for test in cases where code != nil {
            var request: JSONObject = [
                "code": .string(code ?? ""), "language": .string(language), "stdin": .string(test.stdin),
            ]
            for name in ["compile_timeout", "run_timeout", "memory_limit_MB"] { request[name] = config[name] }
            let result = try await run(SandboxFusionRequest(.object(request)))
            let stdout = result["run_result"]?["stdout"]?.string
            let isRight = result["status"] == "Success" && stdout.map { Self.isEqual($0, test.expected) } ?? false
            tests.append(["passed": .bool(isRight), "exec_info": .object(result), "test_info": test.json])
            if !isRight {
                isAccepted = false
                if !runsAll { break }
            }
        }
        return [
            "id": id, "accepted": .bool(isAccepted), "extracted_code": .string(code ?? ""), "full_code": nil,
            "test_code": nil,
            "tests": .array(tests), "extracted_type": .string(code == nil ? "empty" : "fenced"), "extra": nil,
        ]
    }

    private static func cases(_ config: JSONFields) throws(JSONError) -> [Case] {
        guard let data = try config.optionalObject("provided_data"), var tests = data.value("test") else {
            throw config.error("has no tests; data sets of that server are not here", at: "provided_data")
        }
        if let text = tests.string { tests = try JSONSource(text).parse() }
        guard let elements = tests.array else { throw data.error("expected an array", at: "test") }
        var cases: [Case] = []
        for element in elements {
            let fields = try JSONFields(element)
            cases.append(
                Case(
                    stdin: try fields.object("input").optionalString("stdin") ?? "",
                    expected: try fields.object("output").optionalString("stdout") ?? "", json: element))
        }
        return cases
    }

    /// As that server compares: line by line without the space around, letters of either case, numbers to 1e-5.
    private static func isEqual(_ stdout: String, _ expected: String) -> Bool {
        let left = lines(stdout)
        let right = lines(expected)
        guard left.count == right.count else { return false }
        return zip(left, right).allSatisfy { left, right in
            if left.lowercased() == right.lowercased() { return true }
            guard let first = Double(left), let second = Double(right) else { return false }
            return abs(first - second) <= 1e-5 * max(abs(first), abs(second))
        }
    }

    private static func lines(_ text: String) -> [String] {
        trimmed(text[...]).split(separator: "\n", omittingEmptySubsequences: false).map { String(trimmed($0)) }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        guard let first = text.firstIndex(where: { !$0.isWhitespace }),
            let last = text.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return text[first...last]
    }
}
