/// Finds every pair of similar sets by their rarest features.
///
/// Two similar sets share a feature among the first few of each, when all are ordered in one way. With the rarest first
/// the few lists of who shares them are short. A candidate is left as soon as what stands behind the shared places can
/// no longer make it similar; the others are compared in full. No pair is missed.
///
/// Reference: Bayardo, Ma and Srikant, "Scaling up all pairs similarity search" (2007); Xiao et al., PPJoin (2008).
final class PrefixJoin: Sendable {
    private struct Posting {
        /// The set's place in the order of sizes.
        let rank: Int32
        /// Features behind the shared one.
        let behind: Int32
        /// The part of the feature that the list's number does not tell.
        let tag: UInt32
    }

    private let threshold: JaccardThreshold
    private let count: Int
    /// The sets in the order of their sizes; equals in the order of their numbers.
    private let order: [Int32]
    /// The sets in that order, each with its rarest features first.
    private let offsets: [Int]
    private let features: [UInt64]
    private let rarity: FeatureCounts
    private let listBits: Int
    private let listOffsets: [Int]
    private let postings: [Posting]

    init(_ sets: FeatureSets, _ threshold: JaccardThreshold, threads: Int) {
        self.threshold = threshold
        count = sets.count
        order = (0..<Int32(sets.count)).sorted {
            (sets.size(of: Int($0)), $0) < (sets.size(of: Int($1)), $1)
        }
        let rarity = FeatureCounts(sets)
        self.rarity = rarity
        var offsets = [0]
        offsets.reserveCapacity(sets.count + 1)
        for set in order { offsets.append(offsets[offsets.count - 1] + sets.size(of: Int(set))) }
        let features = Self.reorder(sets, order, offsets, rarity, threads)
        self.offsets = offsets
        self.features = features

        // Two passes: how long each list is, then who stands in it. Who is alone with a feature is in none.
        let setCount = sets.count
        var indexed = 0
        func forEachIndexed(_ body: (Int, Int, UInt64) -> Void) {
            for rank in 0..<setCount {
                let size = offsets[rank + 1] - offsets[rank]
                guard size > 0 else { continue }
                // The partner is at least as large, so more features have to be shared than by a smaller one.
                let prefix = size - threshold.overlap(size, size) + 1
                for position in 0..<prefix where rarity[features[offsets[rank] + position]] > 1 {
                    body(rank, size - position - 1, features[offsets[rank] + position])
                }
            }
        }
        forEachIndexed { _, _, _ in indexed += 1 }
        var bits = 8
        while 1 << bits < indexed && bits < 26 { bits += 1 }
        listBits = bits
        var starts = [Int](repeating: 0, count: 1 << bits + 1)
        forEachIndexed { _, _, feature in starts[Int(feature >> UInt64(64 - bits)) + 1] += 1 }
        for list in 0..<1 << bits { starts[list + 1] += starts[list] }
        var ends = starts
        var postings = [Posting](repeating: Posting(rank: 0, behind: 0, tag: 0), count: indexed)
        forEachIndexed { rank, behind, feature in
            let list = Int(feature >> UInt64(64 - bits))
            postings[ends[list]] = Posting(
                rank: Int32(rank), behind: Int32(behind), tag: UInt32(truncatingIfNeeded: feature))
            ends[list] += 1
        }
        listOffsets = starts
        self.postings = postings
    }

    /// The features of the sets in an order of sets, each set's rarest first.
    private static func reorder(
        _ sets: FeatureSets, _ order: [Int32], _ offsets: [Int], _ rarity: FeatureCounts, _ threads: Int
    ) -> [UInt64] {
        [UInt64](unsafeUninitializedCapacity: sets.features.count) { buffer, count in
            count = sets.features.count
            guard let base = buffer.baseAddress else { return }
            let target = DisjointBuffer(base: base)
            let _: [Int] = SharedWork.run(
                itemCount: order.count, chunk: 4096, threads: threads, control: SearchControl()
            ) { range, _ in
                var keyed: [(count: UInt32, feature: UInt64)] = []
                for rank in range {
                    let set = Int(order[rank])
                    keyed.removeAll(keepingCapacity: true)
                    for position in sets.offsets[set]..<sets.offsets[set + 1] {
                        keyed.append((rarity[sets.features[position]], sets.features[position]))
                    }
                    keyed.sort { $0.count != $1.count ? $0.count < $1.count : $0.feature < $1.feature }
                    for (position, entry) in keyed.enumerated() {
                        target.base[offsets[rank] + position] = entry.feature
                    }
                }
            }
        }
    }

    func pairs(threads: Int, control: SearchControl) -> [SimilarPair] {
        SharedWork.run(itemCount: count, chunk: 1024, threads: threads, control: control) { range, found in
            var probe = Probe(count: self.count)
            for rank in range { self.probe(rank, &probe, &found) }
        }
    }

    /// What one thread keeps while it looks for partners.
    private struct Probe {
        /// Shared places by partner, where -1 means that it is out of the question.
        var shared: [Int32]
        var partners: [Int32] = []

        init(count: Int) { shared = [Int32](repeating: 0, count: count) }
    }

    /// Finds the partners of a set among those before it in the order of sizes.
    private func probe(_ rank: Int, _ probe: inout Probe, _ found: inout [SimilarPair]) {
        let start = offsets[rank]
        let size = offsets[rank + 1] - start
        guard size > 0 else { return }
        let least = threshold.leastPartner(size)
        let prefix = size - least + 1
        for position in 0..<prefix {
            let feature = features[start + position]
            guard rarity[feature] > 1 else { continue }
            let list = Int(feature >> UInt64(64 - listBits))
            let tag = UInt32(truncatingIfNeeded: feature)
            var place = firstPlace(in: listOffsets[list]..<listOffsets[list + 1], least: least)
            while place < listOffsets[list + 1] {
                let posting = postings[place]
                place += 1
                if Int(posting.rank) >= rank { break }
                guard posting.tag == tag else { continue }
                let partner = Int(posting.rank)
                let shared = probe.shared[partner]
                if shared == 0 { probe.partners.append(posting.rank) }
                guard shared >= 0 else { continue }
                let other = offsets[partner + 1] - offsets[partner]
                let possible = Int(shared) + 1 + min(size - position - 1, Int(posting.behind))
                probe.shared[partner] = possible >= threshold.overlap(size, other) ? shared + 1 : -1
            }
        }
        for partner in probe.partners {
            if probe.shared[Int(partner)] > 0 && reaches(rank, Int(partner)) {
                found.append(SimilarPair(order[rank], order[Int(partner)]))
            }
            probe.shared[Int(partner)] = 0
        }
        probe.partners.removeAll(keepingCapacity: true)
    }

    /// The first posting of a set that is large enough; a list is in the order of sizes.
    private func firstPlace(in range: Range<Int>, least: Int) -> Int {
        var range = range
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            let rank = Int(postings[middle].rank)
            if offsets[rank + 1] - offsets[rank] < least {
                range = middle + 1..<range.upperBound
            } else {
                range = range.lowerBound..<middle
            }
        }
        return range.lowerBound
    }

    /// Compares two sets in full.
    private func reaches(_ first: Int, _ second: Int) -> Bool {
        var (left, right) = (offsets[first], offsets[second])
        let (leftEnd, rightEnd) = (offsets[first + 1], offsets[second + 1])
        let needed = threshold.overlap(leftEnd - left, rightEnd - right)
        var common = 0
        while left < leftEnd && right < rightEnd {
            if common + min(leftEnd - left, rightEnd - right) < needed { return false }
            let (one, other) = (features[left], features[right])
            if one == other {
                common += 1
                left += 1
                right += 1
            } else {
                let (oneCount, otherCount) = (rarity[one], rarity[other])
                if oneCount != otherCount ? oneCount < otherCount : one < other { left += 1 } else { right += 1 }
            }
        }
        return common >= needed
    }
}

// MARK: -

/// Memory of which each thread writes a part of its own.
private struct DisjointBuffer: @unchecked Sendable {
    // SAFETY: the ranges that threads write do not overlap, and all threads are joined before anybody reads.
    let base: UnsafeMutablePointer<UInt64>
}
