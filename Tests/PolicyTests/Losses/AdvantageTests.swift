import JSON
import Policy
import Testing

@Suite("Advantages")
struct AdvantageTests {
    static func groups(penalties: Bool) throws -> [RewardGroup] {
        let fields = LossFixture.fields
        let rewards = try #require(fields["rewards"]).rows
        let components = try #require(fields["components"]?.array).map(\.rows)
        let lengths = try #require(fields["lengths"]).rows
        let costs = try #require(fields["penalties"]?.array).map(\.rows)
        return rewards.indices.map { place in
            RewardGroup(
                rewards: rewards[place].map { $0.isNaN ? nil : $0 }, components: components[place],
                lengths: lengths[place].map { Int($0) }, penalties: penalties ? costs[place] : [])
        }
    }

    static let sequences: [(String, AdvantageEstimator, Bool)] = [
        ("group", .groupRelative(.group), false), ("batch", .groupRelative(.batch), false),
        ("none", .groupRelative(.none), false), ("leave_one_out", .leaveOneOut, false),
        ("leave_one_out_net", .leaveOneOut, true), ("per_component", .perComponent(weights: [1, 0.5, 2]), false),
    ]

    @Test("are those of the published formulas", arguments: sequences)
    func sequence(name: String, estimator: AdvantageEstimator, penalties: Bool) throws {
        let expected = try #require(LossFixture.fields["advantages"]?[name]).rows
        let found = estimator.advantages(try Self.groups(penalties: penalties))
        for (expected, found) in zip(expected, found) {
            for (expected, tokens) in zip(expected, found) {
                #expect(
                    !tokens.isEmpty && tokens.allSatisfy { abs($0 - expected) < 1e-9 }, "\(tokens) is not \(expected)")
            }
        }
    }

    @Test(
        "of tokens are those of the published formulas", arguments: [("whitened", false), ("whitened_baseline", true)])
    func token(name: String, baseline: Bool) throws {
        let expected = try #require(LossFixture.fields["token_advantages"]?[name]?.array).map(\.rows)
        let found = AdvantageEstimator.whitened(baseline: baseline).advantages(try Self.groups(penalties: true))
        for (expected, found) in zip(expected.joined(), found.joined()) {
            #expect(expected.count == found.count)
            #expect(zip(expected, found).allSatisfy { abs($0 - $1) < 1e-9 }, "\(found) is not \(expected)")
        }
    }

    @Test("are 0 for a completion without a score, and for a group whose scores are equal")
    func nothing() {
        let group = RewardGroup(rewards: [nil, 1, 0], components: [[1], [1], [0]], lengths: [2, 2, 2])
        let equal = RewardGroup(rewards: [0.5, 0.5], components: [[1], [1]], lengths: [1, 1])
        #expect(equal.hasZeroVariance && !group.hasZeroVariance)
        for estimator in Self.estimators {
            let found = estimator.advantages([group, equal])
            #expect(found[0][0] == [0, 0])
            #expect(found.joined().joined().allSatisfy { $0.isFinite })
        }
        #expect(AdvantageEstimator.groupRelative(.group).advantages([equal]) == [[[0], [0]]])
    }

    static let estimators: [AdvantageEstimator] = [
        .groupRelative(.group), .groupRelative(.batch), .groupRelative(.none), .leaveOneOut, .whitened(baseline: true),
        .whitened(baseline: false), .perComponent(weights: [1]),
    ]

    @Test(
        "lose for length in a line from the buffer's start to the limit",
        arguments: [(0, 0.0), (60, 0), (80, 0), (90, -0.25), (100, -0.5), (120, -0.5)])
    func overlong(length: Int, reward: Double) {
        let shaping = OverlongShaping(limit: 100, buffer: 20, penalty: 0.5)
        #expect(abs(shaping.reward(length: length) - reward) < 1e-12)
    }
}
