import JSON
import Testing

@testable import Pipeline

@Suite("The change of a pass rate")
struct PassRateChangeTests {
    @Test("is compared task by task, so that what tasks differ in does not blur it")
    func paired() throws {
        // Half of the tasks are easy and half are hard, and each gets better by a tenth, but for one.
        let before = (0..<20).map { $0.isMultiple(of: 2) ? 0.9 : 0.1 }
        var after = before.map { $0 + 0.1 }
        after[0] = before[0]
        let change = try #require(PassRateChange(before: before, after: after))
        #expect(abs(change.mean - 0.095) < 1e-12)
        // By hand: the deviation of nineteen 0.1 and one 0 is sqrt(0.00050), over sqrt(20) and times 1.96.
        #expect(abs(change.low - 0.0852) < 1e-4 && abs(change.high - 0.1048) < 1e-4)
        #expect(change.text == "+9.5 (+8.5 to +10.5)")
    }

    @Test("is not known of other tasks, nor of none")
    func unknown() {
        #expect(PassRateChange(before: [0, 1], after: [1]) == nil)
        #expect(PassRateChange(before: [], after: []) == nil)
        #expect(PassRateChange("sampled", from: [:], to: [:]) == nil)
    }

    @Test("of a single task could be anything")
    func single() throws {
        let change = try #require(PassRateChange(before: [0], after: [1]))
        #expect(change.low == -1 && change.high == 1)
    }
}
