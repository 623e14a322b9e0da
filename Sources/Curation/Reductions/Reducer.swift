/// Reduces a kernel as far as the rules go: what is left is what has to be searched.
///
/// The cheap rules (up to two neighbours) run until nothing is left for them; then domination, twins and unconfined
/// vertices; then the linear programme, whose crowns are whole-graph structures. Each success goes back to the cheap
/// ones. Every rule keeps at least one best answer.
///
/// Reference: Akiba and Iwata, "Branch-and-reduce exponential/FPT algorithms in practice" (2016); Xiao and Nagamochi
/// (2013) for unconfined vertices and twins.
struct Reducer {
    /// The steps that one test of a vertex may take: what is denser is left to the search.
    private static let effort = 4000

    private let kernel: Kernel
    private var mark: [Int32]
    private var stamp: Int32 = 0
    private var touches: [Int32]
    private var border: [Int32] = []

    init(_ kernel: Kernel) {
        self.kernel = kernel
        mark = [Int32](repeating: 0, count: kernel.vertexCount)
        touches = mark
    }

    /// Applies the rules until none applies.
    ///
    /// - Parameters:
    ///   - isThorough: Whether the rules that look farther than two neighbours are used.
    mutating func run(isThorough: Bool = true, control: SearchControl? = nil) {
        while true {
            var later: [Int32] = []
            while let vertex = kernel.nextListed() {
                if !reduceByDegree(vertex) { later.append(vertex) }
            }
            guard isThorough, kernel.aliveCount > 0 else { return }
            var hasChanged = false
            for vertex in later where kernel.isAlive[Int(vertex)] {
                if reduceByNeighbourhood(vertex) {
                    hasChanged = true
                    while let next = kernel.nextListed() {
                        if !reduceByDegree(next) && kernel.isAlive[Int(next)] { _ = reduceByNeighbourhood(next) }
                    }
                }
            }
            if hasChanged {
                kernel.listAll()
                continue
            }
            if let control, control.isOver { return }
            var programme = LinearProgramme(kernel)
            if !programme.reduce() { return }
        }
    }

    // MARK: -

    private func reduceByDegree(_ vertex: Int32) -> Bool {
        switch kernel.degree[Int(vertex)] {
        case 0, 1: kernel.take(vertex)
        case 2:
            let pair = kernel.neighbours(of: vertex)
            if kernel.areAdjacent(pair[0], pair[1]) { kernel.take(vertex) } else { kernel.fold(vertex) }
        default: return false
        }
        return true
    }

    private mutating func reduceByNeighbourhood(_ vertex: Int32) -> Bool {
        if isUnconfined(vertex) {
            kernel.drop(vertex)
            return true
        }
        return kernel.degree[Int(vertex)] == 3 && reduceTwin(vertex)
    }

    /// Whether some best answer does without a vertex, which is shown by assuming the contrary.
    ///
    /// If every best answer has it, then each neighbour with one contact to the set so far needs somebody else outside
    /// the set's neighbourhood; a single such somebody joins the set, and none at all is a contradiction. With one
    /// round this is domination.
    private mutating func isUnconfined(_ vertex: Int32) -> Bool {
        stamp += 1
        var steps = Int(kernel.degree[Int(vertex)])
        guard steps <= Self.effort else { return false }
        mark[Int(vertex)] = stamp
        border.removeAll(keepingCapacity: true)
        for other in kernel.neighbours(of: vertex) {
            mark[Int(other)] = stamp
            touches[Int(other)] = 1
            border.append(other)
        }
        while true {
            var addition: Int32 = -1
            for other in border where touches[Int(other)] == 1 {
                var outside: Int32 = -1
                var isMany = false
                let row = kernel.neighbours(of: other)
                for third in row {
                    steps &+= 1
                    if mark[Int(third)] != stamp {
                        if outside >= 0 {
                            isMany = true
                            break
                        }
                        outside = third
                    }
                }
                if isMany { continue }
                if outside < 0 { return true }
                addition = outside
            }
            guard addition >= 0, steps <= Self.effort else { return false }
            mark[Int(addition)] = stamp
            for other in kernel.neighbours(of: addition) {
                steps &+= 1
                if mark[Int(other)] == stamp {
                    touches[Int(other)] &+= 1
                } else {
                    mark[Int(other)] = stamp
                    touches[Int(other)] = 1
                    border.append(other)
                }
            }
        }
    }

    /// Another vertex with the same three neighbours: both are in, or the neighbours are.
    private func reduceTwin(_ vertex: Int32) -> Bool {
        let three = kernel.neighbours(of: vertex)
        let (first, second, third) = (three[0], three[1], three[2])
        for twin in kernel.neighbours(of: first) where twin != vertex && kernel.degree[Int(twin)] == 3 {
            let row = kernel.neighbours(of: twin)
            guard row.contains(second), row.contains(third) else { continue }
            if kernel.areAdjacent(first, second) || kernel.areAdjacent(first, third)
                || kernel.areAdjacent(second, third)
            {
                kernel.take(vertex)
                kernel.take(twin)
            } else {
                kernel.foldTwins(vertex, twin)
            }
            return true
        }
        return false
    }
}
