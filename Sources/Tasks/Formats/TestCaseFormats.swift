public import JSON

/// Reads the test-case formats of the usual data sets as they come.
///
/// | origin | what gives it away |
/// |---|---|
/// | APPS, TACO | `input_output`, or `inputs` and `outputs` beside one another |
/// | LiveCodeBench | `public_test_cases`, `private_test_cases` |
/// | PrimeIntellect, open-r1 | `verification_info` |
/// | DeepCoder | `tests` whose entries have no `kind`, or are an object of `inputs` and `outputs` |
/// | code_contests | `public_tests`, `private_tests`, `generated_tests` |
/// | HumanEval | `test` and `entry_point` |
public enum TestCaseFormats {
    /// Whether this is our own format and none of the others.
    public static func isNative(_ json: JSONValue) -> Bool { json["kind"] != nil || json["version"] != nil }

    /// Reads a task of kind `tests`.
    ///
    /// - Throws: `TaskError` when the format is none of the known ones, or a test cannot be read.
    public static func task(
        from json: JSONValue, path: JSONPath = .root, source: JSONSource? = nil
    ) throws(TaskError) -> CodeTask {
        do throws(JSONError) {
            let fields = try JSONFields(json, path: path, source: source)
            var task = CodeTask(id: "", kind: .tests, language: try fields.optionalString("language") ?? "python")
            for name in ["question_id", "task_id", "id"] { task.id = try fields.identifier(name) ?? task.id }
            guard let suite = try TestSuite(fields) else {
                throw fields.error(
                    "not a task: no \"kind\", and none of input_output, inputs, public_test_cases, verification_info, "
                        + "public_tests, tests, test")
            }
            guard !suite.tests.isEmpty else { throw fields.error("the task has no tests") }
            task.language = suite.language ?? task.language
            task.tests = suite.tests
            for number in task.tests.indices { task.tests[number].name = "test \(number)" }
            task.limits = suite.limits
            task.comparator = task.tests.contains(where: \.isCall) ? .json : .floats(absolute: 0, relative: 0)
            return task
        } catch {
            throw TaskError(error)
        }
    }
}

// MARK: -

extension TestCase {
    fileprivate var isCall: Bool {
        if case .call = kind { true } else { false }
    }
}
