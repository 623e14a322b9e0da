import Curation
import Testing

@Suite("Similar pairs", .timeLimit(.minutes(10))) struct PairFinderTests {
    /// Sets of which many are copies of another with a few features exchanged.
    private static func sets(count: Int, seed: UInt64) -> FeatureSets {
        var random = TestRandom(seed: seed)
        var made: [[UInt64]] = []
        for number in 0..<count {
            var features: Set<UInt64>
            if number > 0 && random.next(below: 2) == 0 {
                features = Set(made[random.next(below: number)])
                for _ in 0..<random.next(below: 12) {
                    if let gone = features.min(by: { $0 &* 31 < $1 &* 31 }), random.next(below: 2) == 0 {
                        features.remove(gone)
                    }
                    features.insert(random.next())
                }
            } else {
                // Common features beside rare ones, as in code.
                features = Set(
                    (0..<random.next(below: 40)).map { _ in UInt64(random.next(below: 60)) &* 0x9E37_79B9_7F4A_7C15 })
                for _ in 0..<random.next(below: 40) { features.insert(random.next()) }
            }
            made.append(features.sorted())
        }
        var sets = FeatureSets()
        for set in made { sets.append(set) }
        return sets
    }

    @Test(
        "finds by a join exactly what comparing all pairs finds",
        arguments: 0..<3, [0.1, 0.3, 0.5, 0.7, 0.8, 0.95, 1.0])
    func join(seed: Int, threshold: Double) {
        let sets = Self.sets(count: 200, seed: UInt64(seed))
        let expected = PairFinder.all.pairs(in: sets, threshold: threshold)
        #expect(PairFinder.prefix.pairs(in: sets, threshold: threshold, threads: 2) == expected)
        for pair in expected { #expect(sets.jaccard(Int(pair.first), Int(pair.second)) >= threshold - 1e-6) }
        #expect(!expected.isEmpty)
    }

    @Test("finds nearly all pairs by signatures, and no other", arguments: [0.5, 0.7, 0.85])
    func signatures(threshold: Double) {
        let sets = Self.sets(count: 1000, seed: 77)
        let expected = Set(PairFinder.prefix.pairs(in: sets, threshold: threshold, threads: 2))
        let found = Set(PairFinder.minhash.pairs(in: sets, threshold: threshold, threads: 2))
        #expect(found.isSubset(of: expected))
        #expect(Double(found.count) >= 0.98 * Double(expected.count))
    }

    @Test("gives no pair of sets without features")
    func empty() {
        var sets = FeatureSets()
        for set in [[], [], [1], [1]] as [[UInt64]] { sets.append(set) }
        for finder in PairFinder.allCases {
            #expect(finder.pairs(in: sets, threshold: 0.5) == [SimilarPair(2, 3)])
        }
    }

    @Test("compares texts by their longest common subsequence", arguments: 0..<5)
    func diff(seed: Int) {
        var random = TestRandom(seed: UInt64(seed))
        let texts = (0..<24).map { _ in (0..<random.next(below: 100)).map { _ in UInt8(97 + random.next(below: 4)) } }
        let threshold = 0.5 + Double(seed % 5) / 10
        var expected: [SimilarPair] = []
        for first in texts.indices {
            for second in texts.indices.dropFirst(first + 1) where !texts[first].isEmpty && !texts[second].isEmpty {
                let common = Self.commonLength(texts[first], texts[second])
                if 2 * Double(common) >= threshold * Double(texts[first].count + texts[second].count) - 1e-9 {
                    expected.append(SimilarPair(Int32(first), Int32(second)))
                }
            }
        }
        #expect(DiffJoin(texts, threshold: threshold).pairs(threads: 2) == expected)
    }

    private static func commonLength(_ first: [UInt8], _ second: [UInt8]) -> Int {
        var row = [Int](repeating: 0, count: second.count + 1)
        for byte in first {
            var diagonal = 0
            for place in second.indices {
                let above = row[place + 1]
                row[place + 1] = byte == second[place] ? diagonal + 1 : max(above, row[place])
                diagonal = above
            }
        }
        return row[second.count]
    }
}
