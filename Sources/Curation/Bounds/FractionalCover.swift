/// An upper bound of every independent set from the dual of a linear programme.
///
/// The programme: as much as possible, at most 1 in each clique. Its dual puts prices on cliques so that the prices of a
/// vertex's cliques come to its weight; any such prices bound every independent set by their sum. The prices are found
/// by first-order steps and made to hold in whole numbers, so rounding cannot spoil the proof.
///
/// Reference: Chambolle and Pock (2011), with the step sizes of Pock and Chambolle (2011) and restarts (Applegate et
/// al., PDLP, 2021).
final class FractionalCover {
    /// Prices are whole multiples of one part in this many: as many as leave room for the sum of all.
    private let unit: Int

    private let vertexCount: Int
    private let cliques: EdgeCliques
    /// The cliques of each vertex.
    private let rowOffsets: [Int]
    private let rowTargets: [Int32]
    private let weights: [Int]
    /// The least bound so far.
    private(set) var bound: Int

    init(_ graph: ConflictGraph, weights: [Int]) {
        vertexCount = graph.vertexCount
        cliques = EdgeCliques(graph)
        self.weights = weights
        var counts = [Int](repeating: 0, count: graph.vertexCount + 1)
        for vertex in cliques.members { counts[Int(vertex) + 1] += 1 }
        for vertex in 0..<graph.vertexCount { counts[vertex + 1] += counts[vertex] }
        var targets = [Int32](repeating: 0, count: cliques.members.count)
        var ends = counts
        for clique in 0..<cliques.count {
            for position in cliques.offsets[clique]..<cliques.offsets[clique + 1] {
                let vertex = Int(cliques.members[position])
                targets[ends[vertex]] = Int32(clique)
                ends[vertex] += 1
            }
        }
        rowOffsets = counts
        rowTargets = targets
        let total = weights.reduce(0, +)
        bound = total
        unit = min(1 << 20, max(1, (1 << 58) / max(1, total)))
    }

    /// Improves the bound until it stands at `floor` or steps no longer help.
    func improve(towards floor: Int, rounds: Int, control: SearchControl) {
        let scale = Double(max(1, weights.max() ?? 1))
        var values = [Double](repeating: 0.5, count: vertexCount)
        var prices = [Double](repeating: 0, count: cliques.count)
        var extrapolated = values
        var valueSum = [Double](repeating: 0, count: vertexCount)
        var priceSum = [Double](repeating: 0, count: cliques.count)
        var length = 64
        for _ in 0..<rounds {
            for vertex in 0..<vertexCount { valueSum[vertex] = 0 }
            for clique in 0..<cliques.count { priceSum[clique] = 0 }
            for _ in 0..<length {
                step(&values, &prices, &extrapolated, scale)
                for vertex in 0..<vertexCount { valueSum[vertex] += values[vertex] }
                for clique in 0..<cliques.count { priceSum[clique] += prices[clique] }
            }
            let last = evaluate(prices, scale)
            // The mean of the steps circles less than the steps do.
            let mean = priceSum.map { $0 / Double(length) }
            let averaged = evaluate(mean, scale)
            bound = min(bound, last, averaged)
            if averaged <= last {
                prices = mean
                values = valueSum.map { $0 / Double(length) }
                extrapolated = values
            }
            if bound <= floor || control.isOver { return }
            length = min(length + length / 4, 1024)
        }
    }

    private func step(
        _ values: inout [Double], _ prices: inout [Double], _ extrapolated: inout [Double], _ scale: Double
    ) {
        let (memberList, starts) = (cliques.members, cliques.offsets)
        let members = memberList.span
        let offsets = starts.span
        for clique in 0..<cliques.count {
            var sum = -1.0
            for position in offsets[clique]..<offsets[clique + 1] { sum += extrapolated[Int(members[position])] }
            let size = Double(offsets[clique + 1] - offsets[clique])
            prices[clique] = max(0, prices[clique] + sum / size)
        }
        let (targetList, rowStarts) = (rowTargets, rowOffsets)
        let targets = targetList.span
        let rows = rowStarts.span
        for vertex in 0..<vertexCount {
            var sum = -Double(weights[vertex]) / scale
            for position in rows[vertex]..<rows[vertex + 1] { sum += prices[Int(targets[position])] }
            let count = Double(max(1, rows[vertex + 1] - rows[vertex]))
            let value = max(0, values[vertex] - sum / count)
            extrapolated[vertex] = 2 * value - values[vertex]
            values[vertex] = value
        }
    }

    /// Raises prices until each vertex is paid for, lowers what is too much, and adds up.
    private func evaluate(_ prices: [Double], _ scale: Double) -> Int {
        var whole = prices.map { Int(($0 * scale * Double(unit)).rounded()) }
        var surplus = weights.map { -$0 * unit }
        for vertex in 0..<vertexCount {
            for position in rowOffsets[vertex]..<rowOffsets[vertex + 1] {
                surplus[vertex] += whole[Int(rowTargets[position])]
            }
        }
        func change(_ clique: Int, by amount: Int) {
            whole[clique] += amount
            for position in cliques.offsets[clique]..<cliques.offsets[clique + 1] {
                surplus[Int(cliques.members[position])] += amount
            }
        }
        for vertex in 0..<vertexCount where surplus[vertex] < 0 {
            let own = rowTargets[rowOffsets[vertex]..<rowOffsets[vertex + 1]]
            // The clique in which most others are not paid for either.
            let chosen = own.max { first, second in
                let (one, other) = (need(Int(first), surplus), need(Int(second), surplus))
                return one < other
            }
            if let chosen { change(Int(chosen), by: -surplus[vertex]) }
        }
        var total = 0
        for clique in 0..<cliques.count {
            if whole[clique] > 0 {
                var spare = whole[clique]
                for position in cliques.offsets[clique]..<cliques.offsets[clique + 1] {
                    spare = min(spare, surplus[Int(cliques.members[position])])
                }
                if spare > 0 { change(clique, by: -spare) }
            }
            total += whole[clique]
        }
        return total / unit
    }

    private func need(_ clique: Int, _ surplus: [Int]) -> Int {
        (cliques.offsets[clique]..<cliques.offsets[clique + 1]).count { surplus[Int(cliques.members[$0])] < 0 }
    }
}
