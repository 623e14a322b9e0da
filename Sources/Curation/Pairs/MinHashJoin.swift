/// Finds most pairs of similar sets by signatures, and compares what it finds in full.
///
/// One hash function puts each feature in one of 128 bins and the least of a bin is its part of the signature; an empty
/// bin borrows from another that is chosen by hashing. Parts are joined to bands, and sets that agree in a whole band are
/// candidates. The bands are as long as a recall of 0.99 at the threshold allows.
///
/// Reference: Li, Owen and Zhang, "One permutation hashing" (2012); Shrivastava, "Optimal densification" (2017).
public final class MinHashJoin: Sendable {
    private static let binCount = 128
    private static let recall = 0.99

    private let sets: FeatureSets
    private let threshold: JaccardThreshold
    private let rowsOfBand: Int
    /// The signatures of all sets, 128 numbers of 16 bits each; fewer sets when the search was ended.
    private let signatures: [UInt16]

    /// Computes the signatures of all sets.
    ///
    /// - Parameter threshold: The least Jaccard similarity, above 0 and at most 1.
    public convenience init(
        _ sets: FeatureSets, threshold: Double, threads: Int = 1, control: SearchControl = SearchControl()
    ) {
        self.init(sets, JaccardThreshold(threshold), threads: threads, control: control)
    }

    init(_ sets: FeatureSets, _ threshold: JaccardThreshold, threads: Int, control: SearchControl) {
        self.sets = sets
        self.threshold = threshold
        rowsOfBand = Self.rows(at: threshold.value)
        signatures = Self.signatures(of: sets, threads: threads, control: control)
    }

    /// The most parts in a band with which a pair at the threshold is still found.
    static func rows(at threshold: Double) -> Int {
        var rows = 1
        for candidate in 2...16 {
            let agreement = (0..<candidate).reduce(1.0) { product, _ in product * threshold }
            let missed = (0..<binCount / candidate).reduce(1.0) { product, _ in product * (1 - agreement) }
            if 1 - missed < recall { break }
            rows = candidate
        }
        return rows
    }

    /// The similar pairs that are found, in ascending order, each once.
    public func pairs(threads: Int = 1, control: SearchControl = SearchControl()) -> [SimilarPair] {
        guard signatures.count == sets.count * Self.binCount else { return [] }
        let bandCount = Self.binCount / rowsOfBand
        let candidates = SharedWork.run(itemCount: bandCount, chunk: 1, threads: threads, control: control) {
            band, found in
            self.candidates(band.lowerBound, &found)
        }
        var unique = candidates
        unique.sort()
        var kept: [UInt64] = []
        for candidate in unique where kept.last != candidate { kept.append(candidate) }
        let all = kept
        return SharedWork.run(itemCount: all.count, chunk: 4096, threads: threads, control: control) { range, found in
            for place in range {
                let (first, second) = (Int(all[place] >> 32), Int(all[place] & 0xFFFF_FFFF))
                if self.sets.reaches(self.threshold, first, second) {
                    found.append(SimilarPair(Int32(first), Int32(second)))
                }
            }
        }
    }

    private static func signatures(of sets: FeatureSets, threads: Int, control: SearchControl) -> [UInt16] {
        SharedWork.run(itemCount: sets.count, chunk: 1024, threads: threads, control: control) { range, found in
            found.reserveCapacity(range.count * Self.binCount)
            var bins = [UInt64](repeating: 0, count: Self.binCount)
            for set in range { sign(sets, set, &bins, &found) }
        }
    }

    private static func sign(
        _ sets: FeatureSets, _ set: Int, _ bins: inout [UInt64], _ signature: inout [UInt16]
    ) {
        for bin in 0..<Self.binCount { bins[bin] = .max }
        for position in sets.offsets[set]..<sets.offsets[set + 1] {
            let feature = sets.features[position]
            let bin = Int(feature & UInt64(Self.binCount - 1))
            let rest = feature >> 7
            if rest < bins[bin] { bins[bin] = rest }
        }
        let isEmpty = sets.size(of: set) == 0
        for bin in 0..<Self.binCount {
            var chosen = bins[bin]
            var attempt = UInt64(bin) << 32
            while chosen == .max && !isEmpty {
                attempt += 1
                chosen = bins[Int(RandomSource.mix(attempt) & UInt64(Self.binCount - 1))]
            }
            signature.append(UInt16(truncatingIfNeeded: RandomSource.mix(chosen) >> 48))
        }
    }

    /// The pairs that agree in one band, as numbers of 64 bits.
    private func candidates(_ band: Int, _ found: inout [UInt64]) {
        var keys: [(key: UInt64, set: UInt32)] = []
        keys.reserveCapacity(sets.count)
        for set in 0..<sets.count where sets.size(of: set) > 0 {
            var key: UInt64 = 0
            for row in 0..<rowsOfBand {
                key = TextHash.combine(key, UInt64(signatures[set * Self.binCount + band * rowsOfBand + row]))
            }
            keys.append((key, UInt32(set)))
        }
        keys.sort { $0.key != $1.key ? $0.key < $1.key : $0.set < $1.set }
        var start = 0
        while start < keys.count {
            var end = start + 1
            while end < keys.count && keys[end].key == keys[start].key { end += 1 }
            for first in start..<end {
                for second in first + 1..<max(end, first + 1) {
                    let (one, other) = (Int(keys[first].set), Int(keys[second].set))
                    let (small, large) = (
                        min(sets.size(of: one), sets.size(of: other)), max(sets.size(of: one), sets.size(of: other))
                    )
                    guard small >= threshold.leastPartner(large) else { continue }
                    found.append(UInt64(one) << 32 | UInt64(other))
                }
            }
            start = end
        }
    }
}
