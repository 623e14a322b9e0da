/// Compares every pair of sets.
struct AllPairs {
    private let sets: FeatureSets
    private let threshold: JaccardThreshold

    init(_ sets: FeatureSets, _ threshold: JaccardThreshold) {
        self.sets = sets
        self.threshold = threshold
    }

    func pairs(threads: Int, control: SearchControl) -> [SimilarPair] {
        let (sets, threshold) = (sets, threshold)
        return SharedWork.run(itemCount: sets.count, chunk: 16, threads: threads, control: control) { range, found in
            for first in range {
                let size = sets.size(of: first)
                for second in (first + 1)..<max(first + 1, sets.count) {
                    let other = sets.size(of: second)
                    guard min(size, other) > 0, min(size, other) >= threshold.leastPartner(max(size, other)) else {
                        continue
                    }
                    if sets.reaches(threshold, first, second) { found.append(SimilarPair(Int32(first), Int32(second))) }
                }
            }
        }
    }
}
