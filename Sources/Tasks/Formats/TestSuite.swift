import JSON

/// The tests of a task that came in a format of others.
struct TestSuite {
    var tests: [TestCase] = []
    var language: String?
    var limits: TaskLimits?

    /// Reads the tests; nil when the format is none of the known ones.
    init?(_ fields: JSONFields) throws(JSONError) {
        if let inputOutput = try fields.embedded("input_output") {
            tests = try Self.columns(inputOutput)
        } else if fields.value("inputs") != nil {
            tests = try Self.columns(fields)
        } else if fields.value("public_test_cases") != nil || fields.value("private_test_cases") != nil {
            tests = try Self.liveCodeBench(fields)
        } else if let information = try fields.embedded("verification_info") {
            language = try information.optionalString("language")
            tests = try Self.verificationInfo(information)
        } else if fields.value("public_tests") != nil || fields.value("private_tests") != nil {
            tests = try Self.codeContests(fields)
            limits = try Self.codeContestsLimits(fields)
        } else if fields.value("tests") != nil {
            tests = try Self.deepCoder(fields)
        } else if let program = try fields.optionalString("test") {
            tests = [try Self.program(program, fields)]
        } else {
            return nil
        }
    }

    // MARK: - APPS, TACO, Eurus

    /// Reads inputs and outputs that stand in two columns, with `fn_name` when a function is called.
    private static func columns(_ fields: JSONFields) throws(JSONError) -> [TestCase] {
        let inputs = try fields.array("inputs")
        let outputs = try fields.array("outputs")
        guard inputs.count == outputs.count else {
            throw fields.error("\(inputs.count) inputs but \(outputs.count) outputs", at: "outputs")
        }
        let functionName = try fields.optionalString("fn_name")
        var tests: [TestCase] = []
        for (index, (input, output)) in zip(inputs, outputs).enumerated() {
            guard let functionName else {
                let inputPath = fields.path.appending(key: "inputs").appending(index: index)
                let outputPath = fields.path.appending(key: "outputs").appending(index: index)
                tests.append(
                    TestCase(
                        name: "",
                        input: ProgramInput(stdin: Array(try fields.text(input, at: inputPath).utf8)),
                        expected: try fields.text(output, at: outputPath)))
                continue
            }
            // Arguments that are no list are one argument.
            let kind = TestCase.Kind.call(functionName: functionName, arguments: input.array ?? [input])
            var test = TestCase(name: "", kind: kind, expected: output.serialized())
            // The data sets wrap some results in a list and others not; their own graders take either.
            if let only = output.array, only.count == 1 { test.alternatives = [only[0].serialized()] }
            tests.append(test)
        }
        return tests
    }

    // MARK: - LiveCodeBench

    private static func liveCodeBench(_ fields: JSONFields) throws(JSONError) -> [TestCase] {
        let functionName = try fields.embedded("metadata")?.optionalString("func_name")
        var tests: [TestCase] = []
        for name in ["public_test_cases", "private_test_cases"] {
            for entry in try fields.entries(name) {
                var test = try typed(entry, typeKey: "testtype", functionName: functionName)
                test.isHidden = name == "private_test_cases"
                tests.append(test)
            }
        }
        return tests
    }

    private static func deepCoder(_ fields: JSONFields) throws(JSONError) -> [TestCase] {
        if case .array = fields.value("tests") {
        } else if let columns = try fields.embedded("tests", orList: true) {
            return try self.columns(columns)
        }
        let name = try fields.optionalString("fn_name")
        var tests: [TestCase] = []
        for entry in try fields.entries("tests") {
            let inner = try entry.embedded("metadata")?.optionalString("func_name")
            tests.append(try typed(entry, typeKey: "testtype", functionName: inner ?? name))
        }
        return tests
    }

    // MARK: - PrimeIntellect, open-r1

    private static func verificationInfo(_ fields: JSONFields) throws(JSONError) -> [TestCase] {
        var tests: [TestCase] = []
        for entry in try fields.entries("test_cases") {
            let name = try entry.optionalString("fn_name")
            tests.append(try typed(entry, typeKey: "type", functionName: name))
        }
        return tests
    }

    /// Reads one test of `input` and `output`, whose type says whether a function is called.
    private static func typed(
        _ fields: JSONFields, typeKey: String, functionName: String?
    ) throws(JSONError) -> TestCase {
        let type = try fields.optionalString(typeKey) ?? (functionName == nil ? "stdin" : "functional")
        guard let input = fields.value("input") else { throw fields.error("missing field \"input\"") }
        guard let output = fields.value("output") else { throw fields.error("missing field \"output\"") }
        switch type {
        case "stdin", "stdin_stdout":
            return TestCase(
                name: "",
                input: ProgramInput(stdin: Array(try fields.text(input, at: fields.path.appending(key: "input")).utf8)),
                expected: try fields.text(output, at: fields.path.appending(key: "output")))
        case "functional", "function_call":
            guard let functionName else { throw fields.error("a functional test needs the name of the function") }
            // A text is JSON already: one argument a line in, the result out.
            let kind = TestCase.Kind.call(functionName: functionName, arguments: try fields.arguments(input))
            return TestCase(name: "", kind: kind, expected: output.string ?? output.serialized())
        default:
            throw fields.error("unknown test type \"\(type)\"", at: typeKey)
        }
    }

    // MARK: - code_contests, HumanEval

    private static func codeContests(_ fields: JSONFields) throws(JSONError) -> [TestCase] {
        var tests: [TestCase] = []
        for name in ["public_tests", "private_tests", "generated_tests"] {
            guard let columns = try fields.optionalObject(name) else { continue }
            let inputs = try columns.strings("input")
            let outputs = try columns.strings("output")
            guard inputs.count == outputs.count else {
                throw columns.error("\(inputs.count) inputs but \(outputs.count) outputs", at: "output")
            }
            for (input, output) in zip(inputs, outputs) {
                tests.append(
                    TestCase(
                        name: "", input: ProgramInput(stdin: Array(input.utf8)), expected: output,
                        isHidden: name != "public_tests"))
            }
        }
        return tests
    }

    private static func codeContestsLimits(_ fields: JSONFields) throws(JSONError) -> TaskLimits? {
        var limits = TaskLimits(memory: try fields.count("memory_limit_bytes"))
        if let time = try fields.optionalObject("time_limit") {
            let seconds = try time.optionalInteger("seconds") ?? 0
            let nanoseconds = try time.optionalInteger("nanos") ?? 0
            guard (0...86_400).contains(seconds), (0..<1_000_000_000).contains(nanoseconds) else {
                throw fields.error("is no time limit", at: "time_limit")
            }
            limits.cpuTime = .seconds(seconds) + .nanoseconds(nanoseconds)
        }
        return limits == TaskLimits() ? nil : limits
    }

    /// A test program; HumanEval's defines `check`, which is called with the function.
    private static func program(_ code: String, _ fields: JSONFields) throws(JSONError) -> TestCase {
        var code = code
        if let entryPoint = try fields.optionalString("entry_point") { code += "\n\ncheck(\(entryPoint))\n" }
        return TestCase(name: "", kind: .program(code: code))
    }
}
