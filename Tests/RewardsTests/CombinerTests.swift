import JSON
import Rewards
import Tasks
import TestSupport
import Testing

@Suite("The combinator language")
struct CombinerTests {
    /// A preset of one expression over a right stdout (1), a stderr of which half is right (0.5) and no failure.
    private func value(_ expression: String) throws -> Double? {
        let preset = try RewardPreset(
            JSONSource(
                #"{"name":"x","components":["stdout","stderr","all_passed"],"combine":{"default":\#(expression)}}"#))
        let result = Sample.forward(Truth(stdout: "1", stderr: "a\nb"), stdout: "1", stderr: "a").result(preset)
        let value = try #require(result.score.value)
        for kind in TaskKind.allCases { #expect(preset.bounds(for: kind).contains(value)) }
        return value
    }

    @Test(
        "each operator does what it says",
        arguments: [
            ("3", 3), (#""stdout""#, 1), (#""stderr""#, 0.5), (#""all_passed""#, 0),
            (#"{"sum":["stdout","stderr",2]}"#, 3.5),
            (#"{"sum":[{"weight":0.25,"of":"stdout"},{"weight":-1,"of":"stderr"}]}"#, -0.25),
            (#"{"mean":["stdout","all_passed"]}"#, 0.5), (#"{"product":["stderr","stderr"]}"#, 0.25),
            (#"{"min":["stdout","stderr"]}"#, 0.5), (#"{"max":["stderr",-1]}"#, 0.5),
            (#"{"clip":{"sum":["stdout",1]}}"#, 1),
            (#"{"clip":"stdout","low":-1,"high":0.75}"#, 0.75), (#"{"scale":"stderr","by":4,"offset":-1}"#, 1),
            (#"{"gate":"stderr","then":7}"#, 7), (#"{"gate":"stderr","above":0.5,"then":7}"#, 0),
            (#"{"gate":"all_passed","then":7,"else":"stderr"}"#, 0.5), (#"{"fact":"truth_failed"}"#, 0),
            (#"{"fact":"truth_stdout_blank"}"#, 0),
        ] as [(String, Double)])
    func operators(expression: String, expected: Double) throws {
        #expect(try value(expression) == expected)
    }

    static let mistakes: [(text: String, line: Int, path: String, message: String)] = [
        ("{\n\"name\": 1}", 2, "$.name", "expected a string"),
        ("{\"name\": \"x\",\n\"compnents\": []}", 2, "$.compnents", "unknown field"),
        (
            "{\"name\":\"x\",\"components\":[\"stdout\",\n\"stdot\"]}", 2, "$.components[1]",
            "unknown component \"stdot\""
        ),
        ("{\"name\":\"x\",\"components\":[\"stdout\",\n\"stdout\"]}", 2, "$.components[1]", "listed twice"),
        (
            "{\"name\":\"x\",\"components\":[{\"name\":\"length\",\n\"soft\":9,\"hard\":3}]}", 1, "$.components[0]",
            "above"
        ),
        (combining("\n\"stdot\""), 2, "$.combine.default", "unknown component"),
        (combining("\n\"stderr\""), 2, "$.combine.default", "not listed"),
        (combining("\n\"truth_failed\""), 2, "$.combine.default", "is a fact"),
        (combining("{\"fact\":\n\"moon\"}"), 2, "$.combine.default.fact", "unknown fact"),
        (combining("\n{\"sum\":[],\"mean\":[]}"), 2, "$.combine.default", "more than one operator"),
        (combining("\n{\"add\":[1]}"), 2, "$.combine.default", "no operator"),
        (combining("{\"sum\":\n[]}"), 2, "$.combine.default.sum", "must not be empty"),
        (
            combining("{\"sum\":[1,\n{\"weight\":\"a\",\"of\":1}]}"), 2, "$.combine.default.sum[1].weight",
            "expected a number"
        ),
        (combining("{\"sum\":[1,\n{\"weight\":2}]}"), 2, "$.combine.default.sum[1]", "missing field \"of\""),
        (combining("{\"clip\":1,\n\"low\":2}"), 2, "$.combine.default.low", "above"),
        (combining("{\"scale\":1,\n\"offset\":2}"), 1, "$.combine.default", "missing field \"by\""),
        (combining("{\"gate\":1,\"the\":\n2}"), 2, "$.combine.default.the", "unknown field"),
        (combining("{\"gate\":1}"), 1, "$.combine.default", "missing field \"then\""),
        (combining("\n1e7"), 2, "$.combine.default", "must lie between"),
        (combining("\ntrue"), 2, "$.combine.default", "expected a number"),
        (
            "{\"name\":\"x\",\"components\":[\"stdout\"],\n\"combine\":{\"tests\":1}}", 2, "$.combine",
            "no combiner for forward"
        ),
        ("{\"name\":\"x\",\n\"name\":\"y\"}", 2, "", "duplicate"),
    ]

    private static func combining(_ expression: String) -> String {
        "{\"name\":\"x\",\"components\":[\"stdout\"],\"combine\":{\"default\":\(expression)}}"
    }

    @Test("every mistake is found on loading, with its place", arguments: mistakes.indices)
    func mistake(index: Int) throws {
        let mistake = Self.mistakes[index]
        let error = try #require(throws: RewardError.self) {
            try RewardPreset(JSONSource(mistake.text, file: "my.json"))
        }
        #expect(error.cause.line == mistake.line)
        #expect(error.cause.path == mistake.path)
        #expect(error.message.contains(mistake.message))
        #expect(error.description.hasPrefix("my.json:\(mistake.line):"))
    }

    @Test("a score that grows without bound is refused")
    func unbounded() {
        let nested = (0..<60).reduce("1000000") { inner, _ in #"{"scale":\#(inner),"by":1000000}"# }
        #expect(throws: RewardError.self) { try RewardPreset(JSONSource(Self.combining(nested))) }
    }

    @Test("what is embedded is what lies in the folder, for a user to copy", arguments: RewardPreset.builtInNames)
    func embedded(name: String) throws {
        let builtIn = try RewardPreset.load(name: name)
        let file = try RewardPreset.load(file: "\(PackageRoot.path)/Sources/Rewards/Presets/\(name).json")
        #expect(builtIn.text == file.text)
        #expect(builtIn.name == name)
        for component in builtIn.componentNames { #expect(builtIn.explanation.contains(component)) }
    }

    @Test("unknown presets, missing files and directories are errors with a reason")
    func loading() throws {
        let unknown = try #require(throws: RewardError.self) { try RewardPreset.load(name: "nope") }
        #expect(unknown.message.contains("codeboost-reference"))
        let missing = try #require(throws: RewardError.self) { try RewardPreset.load(file: "/nonexistent.json") }
        #expect(missing.description == "/nonexistent.json: cannot read: No such file or directory")
        #expect(throws: RewardError.self) { try RewardPreset.load(file: "/") }
        #expect(throws: RewardError.self) { try RewardPreset.load(file: "/dev/zero") }
    }
}
