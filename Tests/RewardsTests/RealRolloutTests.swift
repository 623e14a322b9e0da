import Glibc
import JSON
import Rewards
import Tasks
import TestSupport
import Testing

@Suite("Rollouts of the fixtures get the scores that their making implies")
struct RealRolloutTests {
    static let expected: [String: (codeboost: Double, reference: Double)] = [
        "right": (1, 0.775), "wrong": (0.1, 0.325), "no-stderr-block": (0.95, 0.5), "claims-failure": (0.1, 0.1),
        "no-answer": (0, 0),
    ]

    @Test("every prediction of CRUXEval outputs")
    func cruxeval() throws {
        let descriptor = open("\(PackageRoot.path)/Tests/Fixtures/rollouts/cruxeval.jsonl", O_RDONLY)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        let ours = try RewardPreset.load(name: "codeboost")
        let reference = try RewardPreset.load(name: "codeboost-reference")
        var reader = JSONLineReader(descriptor: descriptor)
        var count = 0
        while let line = try reader.next() {
            let rollout = try Rollout(line: line)
            let way = try #require(rollout.id.split(separator: ":").last.map(String.init))
            let expected = try #require(Self.expected[way])
            let sample = Sample(task: rollout.task, text: rollout.completion.text)
            let score = try #require(sample.result(ours).score.value)
            #expect((score - expected.codeboost).magnitude < 1e-12, "\(rollout.id)")
            #expect(sample.result(reference).score.value == expected.reference, "\(rollout.id)")
            count += 1
        }
        #expect(count == 60)
    }
}
