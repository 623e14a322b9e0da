/// Reduces a weighted kernel as far as the rules go: what is left is what has to be searched.
///
/// A vertex that outweighs its neighbours is taken; one whose neighbours are a clique is taken on trial; neighbours that
/// only count together are folded; twins are joined; who is unconfined, which includes whoever is dominated, is dropped; and
/// last the linear programme takes the crowns. Every rule keeps at least one best answer.
///
/// Reference: Lamm et al., "Exactly solving the maximum weight independent set problem on large real-world graphs"
/// (2019); Xiao et al., "Efficient reductions and a fast algorithm of maximum weighted independent set" (2021).
struct WeightedReducer {
    /// The steps that one test of a vertex may take: what is denser is left to the search.
    private static let effort = 4000
    /// The most neighbours of a vertex that is folded.
    private static let foldSize = 3

    private let kernel: WeightedKernel
    private var mark: [Int32]
    private var stamp: Int32 = 0
    /// The weight of the supposed members next to each vertex of the border.
    private var load: [Int]
    private var border: [Int32] = []

    init(_ kernel: WeightedKernel) {
        self.kernel = kernel
        mark = [Int32](repeating: 0, count: kernel.vertexCount)
        load = [Int](repeating: 0, count: kernel.vertexCount)
    }

    /// Applies the rules until none applies.
    mutating func run(control: SearchControl? = nil) {
        while true {
            var later: [Int32] = []
            while let vertex = kernel.nextListed() {
                if !reduceByWeight(vertex) { later.append(vertex) }
            }
            guard kernel.aliveCount > 0 else { return }
            var hasChanged = false
            for vertex in later where kernel.isAlive[Int(vertex)] {
                guard reduceByNeighbourhood(vertex) else { continue }
                hasChanged = true
                while let next = kernel.nextListed() {
                    if !reduceByWeight(next) && kernel.isAlive[Int(next)] { _ = reduceByNeighbourhood(next) }
                }
            }
            if hasChanged {
                kernel.listAll()
                continue
            }
            if let control, control.isOver { return }
            var programme = WeightedProgramme(kernel)
            if !programme.reduce() { return }
        }
    }

    // MARK: -

    /// The rules for which a glance at the neighbours suffices.
    private func reduceByWeight(_ vertex: Int32) -> Bool {
        let row = kernel.neighbours(of: vertex)
        let own = kernel.weight[Int(vertex)]
        var sum = 0
        for other in row {
            sum &+= kernel.weight[Int(other)]
            if sum > own { break }
        }
        if sum <= own {
            kernel.take(vertex)
            return true
        }
        switch row.count {
        case 1: kernel.transfer(vertex)
        case 2:
            let (first, second) = (row[0], row[1])
            if kernel.areAdjacent(first, second) {
                kernel.transfer(vertex)
            } else if max(kernel.weight[Int(first)], kernel.weight[Int(second)]) <= own {
                kernel.fold(vertex)
            } else {
                return false
            }
        default: return false
        }
        return true
    }

    private mutating func reduceByNeighbourhood(_ vertex: Int32) -> Bool {
        if isSimplicial(vertex) {
            kernel.transfer(vertex)
            return true
        }
        if isUnconfined(vertex) {
            kernel.drop(vertex)
            return true
        }
        if let twin = twin(of: vertex) {
            kernel.join(vertex, to: twin)
            return true
        }
        guard isFoldable(vertex) else { return false }
        kernel.fold(vertex)
        return true
    }

    /// Whether all neighbours are adjacent to one another.
    private mutating func isSimplicial(_ vertex: Int32) -> Bool {
        let degree = kernel.degree[Int(vertex)]
        guard Int(degree) * Int(degree) <= Self.effort else { return false }
        let row = kernel.neighbours(of: vertex)
        guard row.allSatisfy({ kernel.degree[Int($0)] >= degree }) else { return false }
        stamp += 1
        for other in row { mark[Int(other)] = stamp }
        var steps = 0
        for other in row {
            var common: Int32 = 1
            for third in kernel.neighbours(of: other) where mark[Int(third)] == stamp { common &+= 1 }
            steps &+= Int(kernel.degree[Int(other)])
            if common < degree || steps > Self.effort { return false }
        }
        return true
    }

    /// Whether some best answer does without a vertex, which is shown by assuming the contrary.
    ///
    /// If every best answer has all of a set, then exchanging what a neighbour of the set displaces for that neighbour
    /// makes each of them lighter. So what it displaces outside the set weighs enough; when nothing there does, that is a
    /// contradiction, and when it does only with one certain vertex, that vertex joins the set.
    private mutating func isUnconfined(_ vertex: Int32) -> Bool {
        var steps = Int(kernel.degree[Int(vertex)])
        guard steps <= Self.effort else { return false }
        stamp += 1
        border.removeAll(keepingCapacity: true)
        extend(by: vertex, &steps)
        while true {
            var addition: Int32 = -1
            for other in border {
                let needed = kernel.weight[Int(other)] - load[Int(other)]
                guard needed >= 0 else { continue }
                var outside = 0
                var heaviest = 0
                var chosen: Int32 = -1
                for third in kernel.neighbours(of: other) where mark[Int(third)] != stamp {
                    let value = kernel.weight[Int(third)]
                    outside &+= value
                    if value > heaviest { (heaviest, chosen) = (value, third) }
                    if outside &- heaviest > needed { break }
                }
                steps &+= Int(kernel.degree[Int(other)])
                if outside <= needed { return true }
                if outside &- heaviest <= needed { addition = chosen }
            }
            guard addition >= 0, steps <= Self.effort else { return false }
            extend(by: addition, &steps)
        }
    }

    /// Adds a vertex to the set that every best answer is supposed to have.
    private mutating func extend(by vertex: Int32, _ steps: inout Int) {
        mark[Int(vertex)] = stamp
        let value = kernel.weight[Int(vertex)]
        for other in kernel.neighbours(of: vertex) {
            steps &+= 1
            if mark[Int(other)] == stamp {
                load[Int(other)] &+= value
            } else {
                mark[Int(other)] = stamp
                load[Int(other)] = value
                border.append(other)
            }
        }
    }

    /// A vertex with the same neighbours.
    private mutating func twin(of vertex: Int32) -> Int32? {
        let row = kernel.neighbours(of: vertex)
        guard row.count * row.count <= Self.effort else { return nil }
        guard let rarest = row.min(by: { kernel.degree[Int($0)] < kernel.degree[Int($1)] }) else { return nil }
        stamp += 1
        for other in row { mark[Int(other)] = stamp }
        var steps = 0
        for other in kernel.neighbours(of: rarest) where other != vertex && kernel.degree[Int(other)] == row.count {
            if kernel.neighbours(of: other).allSatisfy({ mark[Int($0)] == stamp }) { return other }
            steps &+= row.count
            if steps > Self.effort { return nil }
        }
        return nil
    }

    /// Whether the neighbours are few, not adjacent, and worth more than the vertex only all together.
    private func isFoldable(_ vertex: Int32) -> Bool {
        let row = kernel.neighbours(of: vertex)
        guard row.count <= Self.foldSize else { return false }
        let weights = row.map { kernel.weight[Int($0)] }
        guard let lightest = weights.min() else { return false }
        guard weights.reduce(0, +) - lightest <= kernel.weight[Int(vertex)] else { return false }
        for (place, first) in row.enumerated() {
            for second in row[..<place] where kernel.areAdjacent(first, second) { return false }
        }
        return true
    }
}
