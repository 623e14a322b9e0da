import Foundation
import Testing

/// The columns are those of the trainers: TRL 1.16, verl 0.9, EasyR1, OpenRLHF 0.11.
@Suite("The lines of retort generate", .serialized)
struct GenerateFormatTests {
    private static let snippets =
        [
            #"{"id":"a","language":"python","code":"x = 12\ny = 30\nprint(x + y)\nprint([][0])\n"}"#,
            #"{"id":"b","language":"bash","code":"read -r n\necho $((n * 2))\n","stdin":"21\n"}"#,
        ].joined(separator: "\n") + "\n"

    private func rows(_ arguments: [String]) throws -> [[String: Any]] {
        let outcome = try RetortCommand.run(["generate", "-", "--plain"] + arguments, input: Self.snippets)
        #expect(outcome.code == 0, "\(outcome.stderr)")
        return try outcome.lines.map { line in
            try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }

    /// Whether a value is a list of messages with a role and a content.
    private func isPrompt(_ value: Any?) -> Bool {
        let messages = value as? [[String: String]]
        return messages?.count == 1 && messages?.allSatisfy { Set($0.keys) == ["role", "content"] } == true
            && messages?.first?["role"] == "user"
    }

    @Test(
        "have the columns that a trainer reads, and one string in them is enough to score",
        .timeLimit(.minutes(5)), arguments: ["retort", "trl", "verl", "easyr1", "openrlhf"])
    func columns(format: String) throws {
        let rows = try rows(["--format", format, "--mix", "forward", "--splits", "train=1,test=1"])
        #expect(rows.count == 2)
        var rollouts = ""
        for row in rows {
            let task: Any?
            switch format {
            case "trl":
                #expect(isPrompt(row["prompt"]) && row["completion"] == nil)
                task = row["task"] as? String
            case "verl":
                #expect(Set(row.keys) == ["data_source", "prompt", "ability", "reward_model", "extra_info"])
                #expect(row["data_source"] is String && row["ability"] is String && isPrompt(row["prompt"]))
                let model = try #require(row["reward_model"] as? [String: String])
                #expect(Set(model.keys) == ["style", "ground_truth"] && model["style"] == "rule")
                let extra = try #require(row["extra_info"] as? [String: Any])
                #expect(extra["split"] is String && extra["index"] is Int)
                task = model["ground_truth"]
            case "easyr1":
                #expect(row["problem"] is String)
                task = row["answer"] as? String
            case "openrlhf":
                #expect(isPrompt(row["input"]) && row["datasource"] is String)
                task = row["label"] as? String
            default:
                #expect(row["id"] is String && isPrompt(row["prompt"]))
                task = row["task"]
            }
            let whole = try #require(task)
            let object = try #require(
                whole as? [String: Any]
                    ?? (whole as? String).flatMap {
                        try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
                    })
            let truth = try #require(object["truth"] as? [String: Any])
            let answer = ["stdout", "stderr"].map { "```answer_\($0)\n\(truth[$0] as? String ?? "")\n```" }
            let rollout: [String: Any] = ["id": "r", "task": whole, "completion": answer.joined(separator: "\n")]
            rollouts += String(decoding: try JSONSerialization.data(withJSONObject: rollout), as: UTF8.self) + "\n"
        }
        let scored = try RetortCommand.run(["score", "-"], input: rollouts)
        #expect(scored.code == 0, "\(scored.stderr)")
        for line in scored.lines {
            let score = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            #expect(score["reward"] as? Double == 1, "\(line)")
        }
    }

    @Test("keep their types in every row, as tables of columns need", .timeLimit(.minutes(5)))
    func types() throws {
        for format in ["trl", "verl", "easyr1", "openrlhf"] {
            let rows = try rows(["--format", format, "--mix", "forward,backward", "--tasks-per-snippet", "4"])
            func shape(_ value: Any) -> String {
                switch value {
                case let object as [String: Any]:
                    "{"
                        + object.sorted { $0.key < $1.key }.map { "\($0.key):\(shape($0.value))" }.joined(
                            separator: ",")
                        + "}"
                case let list as [Any]: "[\(list.first.map(shape) ?? "")]"
                case is String: "text"
                default: "number"
                }
            }
            #expect(Set(rows.map { shape($0) }).count == 1, "\(format): \(Set(rows.map { shape($0) }))")
        }
    }
}
