/// Branch and bound for a heaviest clique of a dense graph: on the complement it finds a heaviest independent set.
///
/// A node's candidates are covered by colour classes, each of which costs the least weight that its members still have;
/// that weight is taken off all of them, so a vertex may be paid for by several classes. Who is paid for before the cost
/// passes what is missing to the best clique needs no branch.
///
/// Reference: Held, Cook and Sewell, "Maximum-weight stable sets and safe lower bounds for graph coloring" (2012);
/// Tavares et al., "Um algoritmo de branch and bound para o problema da clique máxima ponderada" (2015).
final class WeightedCliqueSearch {
    private let order: [Int]
    private let vertexCount: Int
    private let words: Int
    private let graph: DenseGraph
    private let rows: UnsafeMutablePointer<UInt64>
    private let weights: UnsafeMutablePointer<Int>
    /// What is still to be paid for of each candidate; needed only until branching begins.
    private let unpaid: UnsafeMutablePointer<Int>
    private let members: UnsafeMutablePointer<UInt64>
    private let stack: CliqueStack
    private let control: SearchControl
    private var bestWeight: Int
    private var best: [Int] = []
    private var nodesLeft: Int
    /// Nodes that were visited.
    private(set) var nodeCount = 0
    /// Whether the nodes did not suffice.
    private(set) var isStopped = false

    /// Prepares a search.
    ///
    /// - Parameter floor: A weight that is of no use: only heavier cliques are looked for.
    init(_ dense: DenseGraph, weights: [Int], above floor: Int, nodes: Int, control: SearchControl) {
        order = dense.degeneracyOrder()
        graph = dense.induced(by: order)
        rows = graph.rows
        vertexCount = graph.vertexCount
        words = graph.words
        self.weights = .allocate(capacity: vertexCount + 1)
        for (place, vertex) in order.enumerated() { self.weights[place] = weights[vertex] }
        unpaid = .allocate(capacity: vertexCount + 1)
        members = .allocate(capacity: 2 * words)
        stack = CliqueStack(graph)
        bestWeight = floor
        nodesLeft = nodes
        self.control = control
    }

    deinit {
        weights.deallocate()
        unpaid.deallocate()
        members.deallocate()
        stack.deallocate()
    }

    /// The heaviest clique above the floor; empty when there is none, or none was found before the search was stopped.
    func solve() -> [Int] {
        stack.begin()
        expand(depth: 0, weight: 0)
        return best.map { order[$0] }
    }

    private func expand(depth: Int, weight: Int) {
        nodeCount &+= 1
        nodesLeft &-= 1
        if nodesLeft < 0 || nodeCount & 255 == 0 && control.isOver { isStopped = true }
        if isStopped { return }
        if weight > bestWeight {
            bestWeight = weight
            best = stack.chosen(to: depth)
        }
        // After this, only those are candidates who need no branch.
        guard cover(stack.candidates(at: depth), stack.branches(at: depth), limit: bestWeight &- weight) else { return }
        stack.forEachBranch(at: depth) { vertex in
            expand(depth: depth &+ 1, weight: weight &+ weights[vertex])
            return !isStopped
        }
    }

    /// Pays for as many candidates as a limit allows, and moves the others to the branches.
    ///
    /// - Returns: Whether there are any.
    private func cover(
        _ candidate: UnsafeMutablePointer<UInt64>, _ branch: UnsafeMutablePointer<UInt64>, limit: Int
    ) -> Bool {
        let (open, colour) = (members, members + words)
        for word in 0..<words {
            branch[word] = candidate[word]
            var rest = candidate[word]
            while rest != 0 {
                let vertex = word << 6 | rest.trailingZeroBitCount
                rest &= rest &- 1
                unpaid[vertex] = weights[vertex]
            }
        }
        var cost = 0
        var first = 0
        while true {
            while first < words && branch[first] == 0 { first &+= 1 }
            if first == words { return false }
            for word in 0..<words {
                open[word] = branch[word]
                colour[word] = 0
            }
            var least = Int.max
            for word in first..<words {
                while open[word] != 0 {
                    let bit = open[word] & (0 &- open[word])
                    let vertex = word << 6 | bit.trailingZeroBitCount
                    open[word] ^= bit
                    colour[word] |= bit
                    least = min(least, unpaid[vertex])
                    let row = rows + vertex &* words
                    for index in word..<words { open[index] &= ~row[index] }
                }
            }
            if cost &+ least > limit { break }
            cost &+= least
            for word in first..<words {
                var rest = colour[word]
                while rest != 0 {
                    let bit = rest & (0 &- rest)
                    rest ^= bit
                    let vertex = word << 6 | bit.trailingZeroBitCount
                    unpaid[vertex] &-= least
                    if unpaid[vertex] == 0 { branch[word] ^= bit }
                }
            }
        }
        for word in 0..<words { candidate[word] &= ~branch[word] }
        return true
    }
}
