/// A graph that is reduced for a heaviest set, and the log by which an answer for what is left is carried back.
final class WeightedKernel: ShrinkingGraph {
    /// One step of the log; ranges lie in `listed`.
    private enum Step {
        /// The vertex is in the answer.
        case take(Int32)
        /// The vertex is in when none of those that are listed is.
        case transfer(Int32, Range<Int>)
        /// The vertex stands for those that are listed: all of them are in, or else it is.
        case fold(Int32, Range<Int>)
        /// The first is in where the second is.
        case twin(Int32, Int32)
    }

    /// What each vertex weighs now.
    let weight: UnsafeMutablePointer<Int>
    /// Weight of the answer that the log alone guarantees.
    private(set) var offset = 0
    private var log: [Step] = []
    private var listed: [Int32] = []

    init(_ graph: ConflictGraph, weights: [Int]) {
        weight = .allocate(capacity: graph.vertexCount + 1)
        for (vertex, value) in weights.enumerated() { weight[vertex] = value }
        super.init(graph)
    }

    deinit { weight.deallocate() }

    /// Puts a vertex that some best answer has into the answer, and removes its neighbours.
    func take(_ vertex: Int32) {
        log.append(.take(vertex))
        offset += weight[Int(vertex)]
        dropNeighbourhood(of: vertex)
    }

    /// Takes a vertex whose neighbours are a clique on trial: each of them is worth only what it weighs more.
    func transfer(_ vertex: Int32) {
        let own = weight[Int(vertex)]
        let first = listed.count
        var lighter: [Int32] = []
        for other in neighbours(of: vertex) {
            if weight[Int(other)] > own { listed.append(other) } else { lighter.append(other) }
        }
        log.append(.transfer(vertex, first..<listed.count))
        offset += own
        drop(vertex)
        for other in lighter { drop(other) }
        for other in listed[first...] {
            weight[Int(other)] -= own
            listAround(other)
        }
    }

    /// Folds a vertex whose neighbours are not adjacent, and are together worth more than it, but not without any of them.
    func fold(_ vertex: Int32) {
        let parts = Array(neighbours(of: vertex))
        log.append(.fold(vertex, listed.count..<listed.count + parts.count))
        listed += parts
        offset += weight[Int(vertex)]
        weight[Int(vertex)] = parts.reduce(0) { $0 + weight[Int($1)] } - weight[Int(vertex)]
        merge(parts, into: vertex, removing: nil)
    }

    /// Joins a vertex to another with the same neighbours: both are in, or neither.
    func join(_ vertex: Int32, to twin: Int32) {
        log.append(.twin(vertex, twin))
        weight[Int(twin)] += weight[Int(vertex)]
        drop(vertex)
        listAround(twin)
    }

    /// Lists a vertex whose weight has changed, and its neighbours.
    private func listAround(_ vertex: Int32) {
        list(vertex)
        for other in neighbours(of: vertex) { list(other) }
    }

    /// What is left, numbered anew, with its weights.
    ///
    /// - Returns: The graph, which vertex each of its vertices is here, and what it weighs.
    func weightedRemainder() -> (graph: ConflictGraph, vertices: [Int32], weights: [Int]) {
        let (graph, vertices) = remainder()
        return (graph, vertices, vertices.map { weight[Int($0)] })
    }

    /// Carries an answer for what is left back to the graph at the beginning.
    ///
    /// - Parameter isMember: Who is in the answer, of the living; everybody else is out.
    func undo(_ isMember: inout [Bool]) {
        for step in log.reversed() {
            switch step {
            case .take(let vertex): isMember[Int(vertex)] = true
            case .transfer(let vertex, let range):
                isMember[Int(vertex)] = !listed[range].contains { isMember[Int($0)] }
            case .fold(let vertex, let range):
                let areIn = isMember[Int(vertex)]
                isMember[Int(vertex)] = !areIn
                for part in listed[range] { isMember[Int(part)] = areIn }
            case .twin(let vertex, let twin): isMember[Int(vertex)] = isMember[Int(twin)]
            }
        }
    }
}
