/// Cliques that hold every vertex: an independent set has at most one of each, and weighs at most the heaviest of each together.
enum CliqueCover {
    /// The number of cliques of a greedy cover, an upper bound of every independent set.
    static func bound(_ graph: ConflictGraph) -> Int {
        let order = (0..<graph.vertexCount).sorted {
            (graph.degree(of: $0), $0) < (graph.degree(of: $1), $1)
        }
        return price(of: order, in: graph) { _ in 1 }
    }

    /// What a greedy cover weighs, an upper bound of the weight of every independent set.
    ///
    /// Vertices come in descending order of their weight, so joining a clique whose price is at least that costs nothing.
    static func bound(_ graph: ConflictGraph, _ weights: [Int]) -> Int {
        let order = (0..<graph.vertexCount).sorted {
            weights[$0] != weights[$1] ? weights[$0] > weights[$1] : $0 < $1
        }
        return price(of: order, in: graph) { weights[$0] }
    }

    /// The sum of what the first vertex of each clique costs, when each vertex joins the largest clique that it can.
    private static func price(of order: [Int], in graph: ConflictGraph, _ price: (Int) -> Int) -> Int {
        var cliqueOf = [Int32](repeating: -1, count: graph.vertexCount)
        var sizes: [Int32] = []
        var hits: [Int32] = []
        var touched: [Int32] = []
        var total = 0
        for vertex in order {
            // A clique of which every member is a neighbour; of several the largest.
            touched.removeAll(keepingCapacity: true)
            for other in graph.neighbours(of: vertex) {
                let clique = cliqueOf[Int(other)]
                guard clique >= 0 else { continue }
                if hits[Int(clique)] == 0 { touched.append(clique) }
                hits[Int(clique)] += 1
            }
            var chosen: Int32 = -1
            for clique in touched {
                let isWhole = hits[Int(clique)] == sizes[Int(clique)]
                hits[Int(clique)] = 0
                if isWhole && (chosen < 0 || sizes[Int(clique)] > sizes[Int(chosen)]) { chosen = clique }
            }
            if chosen < 0 {
                chosen = Int32(sizes.count)
                sizes.append(0)
                hits.append(0)
                total += price(vertex)
            }
            cliqueOf[vertex] = chosen
            sizes[Int(chosen)] += 1
        }
        return total
    }
}
