import Testing

@testable import TaskGeneration

@Suite("Draws")
struct DrawsTests {
    @Test("agree with the published vectors of Philox4x32-10")
    func vectors() {
        let zero = Philox.block(counter: (0, 0, 0, 0), key: (0, 0))
        #expect(zero == (0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
        let ones = Philox.block(counter: (.max, .max, .max, .max), key: (.max, .max))
        #expect(ones == (0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
        let pi = Philox.block(
            counter: (0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), key: (0xa409_3822, 0x299f_31d0))
        #expect(pi == (0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
    }

    @Test("are the same for the same key, and others when any part of it is")
    func keys() {
        func words(_ seed: UInt64, _ epoch: UInt64, _ snippet: UInt64, _ index: Int, _ name: String) -> [UInt32] {
            var draws = Draws(seed: seed, epoch: epoch, snippet: snippet, index: index).named(name)
            return (0..<6).map { _ in draws.next() }
        }
        let base = words(1, 2, 3, 4, "a")
        #expect(base == words(1, 2, 3, 4, "a"))
        #expect(
            Set([
                base, words(9, 2, 3, 4, "a"), words(1, 9, 3, 4, "a"), words(1, 2, 9, 4, "a"), words(1, 2, 3, 9, "a"),
                words(1, 2, 3, 4, "b"),
            ]).count == 6)
    }

    @Test("stay what they were: a change here would change every corpus that was made")
    func golden() {
        var draws = Draws(seed: 1, epoch: 0, snippet: Fingerprint.of("id", "code"), index: 0).named("kind")
        #expect((0..<4).map { _ in draws.below(1000) } == [117, 842, 791, 439])
    }

    @Test("are even, and weights are kept")
    func even() {
        var draws = Draws(seed: 7, epoch: 0, snippet: 0, index: 0)
        var counts = [0, 0, 0, 0, 0, 0, 0]
        for _ in 0..<14_000 { counts[draws.below(7)] += 1 }
        #expect(counts.allSatisfy { (1800...2200).contains($0) }, "\(counts)")
        var heavy = 0
        for _ in 0..<10_000 where draws.weighted([3, 0, 1]) == 0 { heavy += 1 }
        #expect((7300...7700).contains(heavy))
        #expect(draws.weighted([0, 0]) == nil)
        #expect(draws.pick([Int]()) == nil)
        #expect(draws.shuffled(0..<50).sorted() == Array(0..<50))
    }
}
