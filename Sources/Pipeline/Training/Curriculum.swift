import TaskGeneration

/// Draws tasks by how much there is to learn from them: most where about half of the rollouts succeed.
struct Curriculum: Sendable {
    let attempts: [Int]
    let passes: [Int]
    let tasks: Int

    /// The tasks of a step, none twice while there are others.
    func draw(_ count: Int, seed: UInt64) -> [Int] {
        var weights = (0..<tasks).map(weight)
        var draws = Draws(seed: seed, epoch: 0, snippet: 0, index: 0).named("curriculum")
        var drawn: [Int] = []
        for _ in 0..<count {
            guard let place = draws.weighted(weights) else {
                drawn.append(draws.below(tasks))
                continue
            }
            drawn.append(place)
            weights[place] = 0
        }
        return drawn
    }

    /// The variance of a success by what was seen so far; a task that nobody tried is taken for an even one, and none
    /// is given up for good.
    private func weight(_ place: Int) -> Double {
        let (tried, passed) = place < attempts.count ? (attempts[place], passes[place]) : (0, 0)
        let rate = (Double(passed) + 1) / (Double(tried) + 2)
        return rate * (1 - rate) + 0.02
    }
}
