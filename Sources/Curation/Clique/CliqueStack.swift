/// The sets of a depth-first search for cliques: for each depth who is adjacent to all that were chosen, which of them are branched
/// on, and who was chosen.
///
/// They lie in buffers that are allocated once and belong to whoever made them.
struct CliqueStack {
    let words: Int
    private let vertexCount: Int
    private let rows: UnsafeMutablePointer<UInt64>
    private let candidates: UnsafeMutablePointer<UInt64>
    private let branches: UnsafeMutablePointer<UInt64>
    private let current: UnsafeMutablePointer<Int>

    /// Makes a stack for a graph, which has to live as long.
    init(_ graph: DenseGraph) {
        vertexCount = graph.vertexCount
        words = graph.words
        rows = graph.rows
        let depths = vertexCount + 2
        candidates = .allocate(capacity: depths * words)
        branches = .allocate(capacity: depths * words)
        current = .allocate(capacity: depths)
    }

    func deallocate() {
        candidates.deallocate()
        branches.deallocate()
        current.deallocate()
    }

    /// Makes every vertex a candidate of the first node.
    func begin() {
        for word in 0..<words { candidates[word] = 0 }
        for vertex in 0..<vertexCount { candidates[vertex >> 6] |= 1 << UInt64(vertex & 63) }
    }

    @inline(__always) func candidates(at depth: Int) -> UnsafeMutablePointer<UInt64> { candidates + depth &* words }

    @inline(__always) func branches(at depth: Int) -> UnsafeMutablePointer<UInt64> { branches + depth &* words }

    /// Who was chosen on the way to a depth.
    func chosen(to depth: Int) -> [Int] { (0..<depth).map { current[$0] } }

    /// Chooses one branching vertex after the other, with its neighbours among those that need no branch and the branching ones
    /// before it as the candidates of the next depth.
    ///
    /// - Parameter visit: Searches the next depth; says whether to go on.
    @inline(__always)
    func forEachBranch(at depth: Int, _ visit: (_ vertex: Int) -> Bool) {
        let candidate = candidates(at: depth)
        let branch = branches(at: depth)
        let child = candidate + words
        for word in 0..<words {
            var rest = branch[word]
            while rest != 0 {
                let bit = rest & (0 &- rest)
                rest ^= bit
                let vertex = word << 6 | bit.trailingZeroBitCount
                let row = rows + vertex &* words
                for index in 0..<words { child[index] = candidate[index] & row[index] }
                current[depth] = vertex
                if !visit(vertex) { return }
                candidate[word] |= bit
            }
        }
    }
}
