/// Maximal cliques of a sparse graph that together hold every edge and every vertex.
struct EdgeCliques {
    /// The members of all cliques, one clique after the other.
    private(set) var members: [Int32] = []
    /// Where each clique begins; one number more than there are cliques.
    private(set) var offsets = [0]

    var count: Int { offsets.count - 1 }

    /// Extends every edge that is not held yet, at its end with fewer neighbours first.
    init(_ graph: ConflictGraph) {
        var isHeld = [Bool](repeating: false, count: graph.targets.count)
        var common = [Int32](repeating: 0, count: graph.vertexCount)
        var clique: [Int32] = []
        let order = (0..<graph.vertexCount).sorted {
            (graph.degree(of: $0), $0) < (graph.degree(of: $1), $1)
        }
        for vertex in order {
            if graph.degree(of: vertex) == 0 {
                close([Int32(vertex)])
                continue
            }
            for position in graph.offsets[vertex]..<graph.offsets[vertex + 1] where !isHeld[position] {
                clique = [Int32(vertex), graph.targets[position]]
                var candidates: [Int32] = []
                for other in graph.neighbours(of: vertex) { common[Int(other)] = 1 }
                for other in graph.neighbours(of: Int(clique[1])) where common[Int(other)] == 1 {
                    candidates.append(other)
                }
                for other in graph.neighbours(of: vertex) { common[Int(other)] = 0 }
                // Who is held together with the clique already adds least.
                while let next = candidates.first {
                    clique.append(next)
                    candidates = candidates.dropFirst().filter { graph.areAdjacent(Int($0), Int(next)) }
                }
                for first in clique {
                    for second in clique where first != second {
                        if let place = Self.place(of: second, in: graph, row: Int(first)) { isHeld[place] = true }
                    }
                }
                close(clique)
            }
        }
    }

    private mutating func close(_ clique: [Int32]) {
        members += clique
        offsets.append(members.count)
    }

    private static func place(of target: Int32, in graph: ConflictGraph, row: Int) -> Int? {
        var range = graph.offsets[row]..<graph.offsets[row + 1]
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if graph.targets[middle] == target { return middle }
            range = graph.targets[middle] < target ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }
}
