/// The largest independent set that the members of two have in them.
///
/// Who is in both has no neighbour in either. Those in one alone are a graph of two sides, of which a largest set is a matter of a
/// matching, which the linear programme of the reductions finds. Two searches that ended elsewhere so give what neither found.
enum CombinedSet {
    /// Nodes that the search may take for what the reductions leave, which is next to nothing in a graph of two sides.
    private static let nodes = 20_000

    /// A larger set than both, of their members; nil when there is none.
    static func of(_ first: [Bool], _ second: [Bool], in graph: ConflictGraph, seed: UInt64, control: SearchControl)
        -> [Bool]?
    {
        let apart = (0..<Int32(graph.vertexCount)).filter { first[Int($0)] != second[Int($0)] }
        let ofFirst = apart.count { first[Int($0)] }
        var scratch: [Int32] = []
        let search = ExactSearch(nodes: nodes, seed: seed, control: control)
        let floor = max(ofFirst, apart.count - ofFirst)
        guard let found = search.best(of: graph.induced(by: apart, scratch: &scratch), above: floor) else { return nil }
        var members = first
        for (position, vertex) in apart.enumerated() { members[Int(vertex)] = found[position] }
        return members
    }
}
