import JSON
import Testing

@testable import Pipeline

@Suite("The change of held-out tasks")
struct HeldOutChangeTests {
    @Test("is compared task by task, so that what tasks differ in does not blur it")
    func paired() throws {
        // Half of the tasks are easy and half are hard, and each gets better by a tenth, but for one.
        let before = (0..<20).map { $0.isMultiple(of: 2) ? 0.9 : 0.1 }
        var after = before.map { $0 + 0.1 }
        after[0] = before[0]
        let change = try #require(HeldOutChange("sampled", before: before, after: after))
        let reach = try #require(change.interval.reach)
        #expect(abs(change.interval.mean - 0.095) < 1e-12)
        // By hand: the deviation of nineteen 0.1 and one 0 is sqrt(0.00050), over sqrt(20) and times Student's 2.093.
        #expect(abs(reach - 0.01047) < 1e-5)
        #expect(change.text == "sampled +9.5 (+8.5 to +10.5) points")
        #expect(HeldOutChange("reward", before: before, after: after)?.text == "reward +0.095 (+0.085 to +0.105)")
    }

    @Test("leaves out tasks that had no score on one side, and compares no others in their place")
    func unknown() throws {
        let change = try #require(HeldOutChange("greedy", before: [0, nil, 1, 0], after: [1, 1, nil, 1]))
        #expect(change.interval.mean == 1)
        #expect(HeldOutChange("greedy", before: [0, 1], after: [1]) == nil)
        #expect(HeldOutChange("greedy", before: [], after: []) == nil)
        #expect(HeldOutChange("greedy", before: [0], after: [1]) == nil)
    }

    @Test("is read from the lines of a run")
    func lines() {
        let before: JSONValue = [
            "shares": ["sampled": [0, 0.5, nil], "greedy": [0, 0, 0]], "rewards": ["sampled": [0, 0.2, nil]],
        ]
        let after: JSONValue = [
            "shares": ["sampled": [1, 1, 1], "greedy": [0, 0, 0]], "rewards": ["sampled": [0.5, 0.5, 1]],
        ]
        let changes = HeldOutChange.all(from: before, to: after)
        #expect(changes.map(\.name) == ["sampled", "greedy", "reward"])
        #expect(changes.map { ($0.interval.mean * 100).rounded() } == [75, 0, 40])
        #expect(HeldOutChange.all(from: [:], to: [:]).isEmpty)
    }
}
