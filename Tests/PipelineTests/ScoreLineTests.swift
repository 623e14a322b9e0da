import JSON
import Tasks
import Testing

@testable import Pipeline

@Suite("Score lines") struct ScoreLineTests {
    static let lines = [
        ScoreLine(id: nil, reward: nil, components: [], verdict: nil),
        ScoreLine(
            id: "a \"quoted\"\n\u{1}é→😀",
            reward: 0.1 + 0.2,
            components: [
                .init(name: "format", value: 1), .init(name: "stdout", value: -0.0), .init(name: "x", value: 0.5),
                .init(name: "y", value: 1e-9), .init(name: "z", value: .nan), .init(name: "tests", value: 1 / 3),
            ],
            verdict: .wrongAnswer,
            executionTime: .microseconds(12_345),
            queueTime: .nanoseconds(1),
            detail: ["task": "t", "cases": [["name": "1", "hidden": true]]]
        ),
        ScoreLine(unreadable: "id", components: ["format", "stdout"], error: "in.jsonl:1:2: $.task: bad"),
    ]

    @Test("are written as their objects are", arguments: lines, [false, true])
    func encoding(line: ScoreLine, detail: Bool) throws {
        var writer = JSONWriter()
        line.write(to: &writer, detail: detail)
        let text = String(decoding: writer.bytes, as: UTF8.self)
        #expect(text == JSONValue.object(line.json(detail: detail)).serialized() + "\n")
    }
}
