/// The first node of a search, split into sub-problems that can be solved side by side.
final class CliqueRoot: Sendable {
    /// The size that no sub-problem needs to look for.
    let best: Int
    /// The vertices that are branched on, in order.
    let branches: [Int]
    private let graph: DenseGraph
    /// Who needs no branch.
    private let coloured: [Int]

    /// Colours a graph whose vertices stand in a good order.
    init(_ graph: DenseGraph, best: Int, reasons: Bool) {
        self.graph = graph
        self.best = best
        let candidates = UnsafeMutablePointer<UInt64>.allocate(capacity: graph.words)
        let rest = UnsafeMutablePointer<UInt64>.allocate(capacity: graph.words)
        defer {
            candidates.deallocate()
            rest.deallocate()
        }
        for word in 0..<graph.words {
            candidates[word] = 0
            rest[word] = 0
        }
        for vertex in 0..<graph.vertexCount { candidates[vertex >> 6] |= 1 << UInt64(vertex & 63) }
        let colouring = ColourClasses(graph)
        var isOpen = colouring.colour(candidates, rest: rest, limit: best)
        if isOpen && reasons && best > 0 {
            isOpen = ClassReasoning(graph, colouring).absorb(coloured: candidates, rest: rest)
        }
        func members(_ set: UnsafeMutablePointer<UInt64>) -> [Int] {
            (0..<graph.vertexCount).filter { set[$0 >> 6] >> UInt64($0 & 63) & 1 == 1 }
        }
        branches = isOpen ? members(rest) : []
        coloured = members(candidates)
    }

    /// What is adjacent to a branching vertex among the coloured ones and the branching vertices before it.
    ///
    /// - Returns: The vertices, and the graph that they induce in this order.
    func problem(_ branch: Int) -> (vertices: [Int], graph: DenseGraph) {
        let row = graph.row(branches[branch])
        let isNeighbour = { (vertex: Int) in row[vertex >> 6] >> UInt64(vertex & 63) & 1 == 1 }
        let vertices = (coloured + branches[..<branch]).sorted().filter(isNeighbour)
        let order = graph.induced(by: vertices).degeneracyOrder().map { vertices[$0] }
        return (order, graph.induced(by: order))
    }

    /// A proven bound when the first sub-problems are done and hold no clique larger than `best`.
    ///
    /// A clique takes at most `best` of what they covered, and one of each colour of what they did not.
    func bound(doneCount: Int, best: Int) -> Int {
        var colours: [[Int]] = []
        for vertex in branches[doneCount...] {
            if let colour = colours.firstIndex(where: { $0.allSatisfy { !graph.areAdjacent($0, vertex) } }) {
                colours[colour].append(vertex)
            } else {
                colours.append([vertex])
            }
        }
        return best + colours.count
    }
}
