/// A heavy independent set by local search: one vertex in, its lighter neighbours out.
///
/// Reference: Nogueira, Pinheiro and Subramanian, "A hybrid iterated local search heuristic for the maximum weight
/// independent set problem" (2018).
struct WeightedLocalSearch {
    private let graph: ConflictGraph
    private let weights: [Int]
    private var random: RandomSource
    private var isMember: [Bool]
    /// The weight of the members among the neighbours of each vertex.
    private var load: [Int]
    private var weight = 0
    private var changes: [Int32] = []

    /// The heaviest set so far.
    private(set) var best: [Bool]
    /// Its weight.
    private(set) var bestWeight = 0

    init(_ graph: ConflictGraph, weights: [Int], seed: UInt64) {
        self.graph = graph
        self.weights = weights
        random = RandomSource(seed: seed)
        isMember = [Bool](repeating: false, count: graph.vertexCount)
        load = [Int](repeating: 0, count: graph.vertexCount)
        best = isMember
        let order = (0..<graph.vertexCount).sorted { one, other in
            let left = weights[one] * (graph.degree(of: other) + 1)
            let right = weights[other] * (graph.degree(of: one) + 1)
            return left != right ? left > right : one < other
        }
        for vertex in order where load[vertex] == 0 { insert(vertex) }
        improve(around: order.map(Int32.init))
        keep()
    }

    /// Disturbs and improves a number of times.
    mutating func run(steps: Int, control: SearchControl) {
        for step in 0..<steps where graph.vertexCount > 0 {
            if step & 255 == 0 && control.isOver { return }
            let before = weight
            changes.removeAll(keepingCapacity: true)
            let vertex = random.next(below: graph.vertexCount)
            if isMember[vertex] { continue }
            force(vertex)
            if weight > bestWeight { keep() } else if weight < before { undo() }
        }
    }

    /// Goes on from a given independent set.
    mutating func adopt(_ members: [Bool]) {
        for vertex in 0..<graph.vertexCount where isMember[vertex] && !members[vertex] { remove(vertex) }
        for vertex in 0..<graph.vertexCount where members[vertex] && !isMember[vertex] { insert(vertex) }
        changes.removeAll(keepingCapacity: true)
        if weight > bestWeight { keep() }
    }

    private mutating func keep() {
        best = isMember
        bestWeight = weight
    }

    private mutating func force(_ vertex: Int) {
        var touched: [Int32] = []
        for other in graph.neighbours(of: vertex) where isMember[Int(other)] {
            remove(Int(other))
            touched += graph.neighbours(of: Int(other))
        }
        insert(vertex)
        improve(around: touched)
    }

    /// Lets in, wherever that makes the set heavier.
    private mutating func improve(around vertices: [Int32]) {
        var queue = vertices
        while let next = queue.popLast() {
            let vertex = Int(next)
            guard !isMember[vertex], load[vertex] < weights[vertex] else { continue }
            for other in graph.neighbours(of: vertex) where isMember[Int(other)] {
                remove(Int(other))
                queue += graph.neighbours(of: Int(other))
            }
            insert(vertex)
        }
    }

    private mutating func insert(_ vertex: Int) {
        isMember[vertex] = true
        weight += weights[vertex]
        changes.append(Int32(vertex))
        for other in graph.neighbours(of: vertex) { load[Int(other)] += weights[vertex] }
    }

    private mutating func remove(_ vertex: Int) {
        isMember[vertex] = false
        weight -= weights[vertex]
        changes.append(-1 - Int32(vertex))
        for other in graph.neighbours(of: vertex) { load[Int(other)] -= weights[vertex] }
    }

    private mutating func undo() {
        let done = changes
        for change in done.reversed() {
            if change >= 0 { remove(Int(change)) } else { insert(Int(-1 - change)) }
        }
        changes.removeAll(keepingCapacity: true)
    }
}
