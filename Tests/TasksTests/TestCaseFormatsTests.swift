import JSON
import Tasks
import Testing

@Suite("The usual test-case formats are read as they come")
struct TestCaseFormatsTests {
    private func task(_ text: String) throws -> CodeTask { try CodeTask(reading: .parse(text)) }

    private func stdin(_ test: TestCase) -> String { String(decoding: test.input.stdin, as: UTF8.self) }

    @Test(
        "APPS and TACO with standard input, as a string, an object, or bare",
        arguments: [
            #"{"id":1,"input_output":"{\"inputs\":[\"1\\n\",[\"a\",\"b\"]],\"outputs\":[\"2\\n\",[\"c\"]]}"}"#,
            #"{"id":1,"input_output":{"inputs":["1\n",["a","b"]],"outputs":["2\n",["c"]]}}"#,
            #"{"id":1,"inputs":["1\n",["a","b"]],"outputs":["2\n",["c"]]}"#,
            #"{"id":1,"tests":"{\"inputs\":[\"1\\n\",[\"a\",\"b\"]],\"outputs\":[\"2\\n\",[\"c\"]]}"}"#,
        ])
    func apps(text: String) throws {
        let task = try task(text)
        #expect(task.kind == .tests && task.language == "python" && task.id == "1")
        #expect(task.tests.map(stdin) == ["1\n", "a\nb"])
        #expect(task.tests.map(\.expected) == ["2\n", "c"])
        #expect(task.comparator == .floats(absolute: 0, relative: 0))
    }

    @Test("APPS with a function; a result wrapped in a list may be given without the list")
    func appsFunction() throws {
        let task = try task(#"{"input_output":{"fn_name":"f","inputs":[[1,"x"],[[2]]],"outputs":[[3],{"a":1}]}}"#)
        #expect(task.tests[0].kind == .call(functionName: "f", arguments: [1, "x"]))
        #expect(task.tests[1].kind == .call(functionName: "f", arguments: [[2]]))
        #expect(task.comparator == .json)
        #expect(task.tests[0].accepts("3", by: task.comparator) == true)
        #expect(task.tests[0].accepts("[3]", by: task.comparator) == true)
        #expect(task.tests[1].accepts("{'a': 1}", by: task.comparator) == true)
    }

    @Test("LiveCodeBench, public and private")
    func liveCodeBench() throws {
        let task = try task(
            #"""
            {"question_id":"q","public_test_cases":"[{\"input\":\"[1, 2]\\n\\\"x\\\"\",\"output\":\"true\",\"testtype\":\"functional\"}]",
             "private_test_cases":[{"input":"[3]\nnull","output":"false","testtype":"functional"}],
             "metadata":"{\"func_name\": \"solve\"}"}
            """#)
        #expect(task.id == "q")
        #expect(task.tests[0].kind == .call(functionName: "solve", arguments: [[1, 2], "x"]))
        #expect(task.tests[1].kind == .call(functionName: "solve", arguments: [[3], nil]))
        #expect(task.tests.map(\.isHidden) == [false, true])
        #expect(task.tests[0].accepts("True", by: task.comparator) == true)
    }

    @Test("LiveCodeBench's pickled private tests are refused with a reason")
    func pickle() throws {
        let packed = Base64.encode([0x78, 0x9C, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01])
        let error = try #require(throws: TaskError.self) {
            try task(#"{"public_test_cases":"[]","private_test_cases":"\#(packed)"}"#)
        }
        #expect(error.cause.path == "$.private_test_cases")
        #expect(error.message.contains("pickle"))
    }

    @Test("PrimeIntellect and open-r1, as a string or an object, in another language")
    func verificationInfo() throws {
        let inner =
            #"{"language":"cpp","test_cases":[{"type":"stdin_stdout","input":"1","output":"2","fn_name":null}]}"#
        for text in [inner, JSONValue.string(inner).serialized()] {
            let task = try task(#"{"verification_info":\#(text)}"#)
            #expect(task.language == "cpp")
            #expect(task.tests.map(stdin) == ["1"])
        }
        let called = try task(
            #"{"verification_info":{"test_cases":[{"type":"function_call","fn_name":"f","input":[1],"output":[2]}]}}"#)
        #expect(called.tests[0].kind == .call(functionName: "f", arguments: [1]))
    }

    @Test("DeepCoder's list of tests")
    func deepCoder() throws {
        let task = try task(#"{"tests":"[{\"input\":\"1\",\"output\":\"2\"},{\"input\":\"3\",\"output\":\"4\"}]"}"#)
        #expect(task.tests.map(stdin) == ["1", "3"])
        #expect(task.tests.map(\.name) == ["test 0", "test 1"])
    }

    @Test("code_contests with its limits")
    func codeContests() throws {
        let task = try task(
            #"""
            {"public_tests":{"input":["1"],"output":["2"]},"private_tests":{"input":[],"output":[]},
             "generated_tests":{"input":["3"],"output":["4"]},"time_limit":{"seconds":2,"nanos":500000000},
             "memory_limit_bytes":256000000}
            """#)
        #expect(task.tests.map(\.isHidden) == [false, true])
        #expect(task.limits == TaskLimits(cpuTime: .milliseconds(2500), memory: 256_000_000))
    }

    @Test("HumanEval's test program")
    func humanEval() throws {
        let task = try task(#"{"task_id":"HumanEval/0","entry_point":"f","test":"def check(c):\n    assert c(1)"}"#)
        #expect(task.tests[0].kind == .program(code: "def check(c):\n    assert c(1)\n\ncheck(f)\n"))
    }

    @Test(
        "what is none of them, or contradicts itself, is refused",
        arguments: [
            #"{"prompt":"x"}"#, #"{"inputs":["1"],"outputs":[]}"#, #"{"inputs":[],"outputs":[]}"#,
            #"{"inputs":[true],"outputs":["1"]}"#, #"{"input_output":"[1"}"#,
            #"{"tests":[{"input":"1","output":"2","testtype":"oracle"}]}"#,
            #"{"tests":[{"input":"1","output":"2","testtype":"functional"}]}"#, #"{"tests":[{"input":"1"}]}"#,
        ])
    func refused(text: String) throws {
        let error = try #require(throws: TaskError.self) { try task(text) }
        #expect(!error.message.isEmpty)
    }

    @Test("base64 reads back whatever it wrote, and refuses what it did not")
    func base64() {
        for count in 0..<40 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 73 + count) }
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        }
        #expect(Base64.encode(Array("Man".utf8)) == "TWFu" && Base64.encode(Array("M".utf8)) == "TQ==")
        for text in ["A", "AA=A", "A===", "AA=AAA", "Ä", "AAA=="] { _ = Base64.decode(text) }
        #expect(Base64.decode("A") == nil && Base64.decode("AA=A") == nil && Base64.decode("?AAA") == nil)
    }
}
