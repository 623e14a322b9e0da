/// A large clique by local search, so that the exact search begins with a good bound.
///
/// Adds what is adjacent to all; else swaps in what is adjacent to all but one; now and then begins again. Vertices
/// that were in many local optima are avoided for a while.
/// Reference: Pullan and Hoos, "Dynamic local search for the maximum clique problem" (2006).
struct CliqueStart {
    private let graph: DenseGraph
    private var random: RandomSource
    /// Members that a vertex is not adjacent to.
    private var missing: [Int32]
    private var isMember: [Bool]
    private var penalty: [Int32]
    private var lastMove: [Int]
    private var members: [Int] = []

    init(_ graph: DenseGraph, seed: UInt64) {
        self.graph = graph
        random = RandomSource(seed: seed)
        missing = [Int32](repeating: 0, count: graph.vertexCount)
        isMember = [Bool](repeating: false, count: graph.vertexCount)
        penalty = missing
        lastMove = [Int](repeating: -1, count: graph.vertexCount)
    }

    /// The largest clique that is found in a number of moves.
    mutating func run(moves: Int) -> [Int] {
        var best: [Int] = []
        guard graph.vertexCount > 0 else { return best }
        var phaseStart = 0
        var swaps = 0
        for move in 0..<moves {
            if let vertex = choose(missing: 0, since: nil) {
                add(vertex, move)
                swaps = 0
                if members.count > best.count { best = members }
            } else if swaps < graph.vertexCount, let vertex = choose(missing: 1, since: phaseStart) {
                let leaving = members.first { !graph.areAdjacent($0, vertex) }
                if let leaving { remove(leaving, move) }
                add(vertex, move)
                swaps += 1
            } else {
                for vertex in members { penalty[vertex] += 1 }
                if move % 3 == 0 { for vertex in penalty.indices where penalty[vertex] > 0 { penalty[vertex] -= 1 } }
                let vertex = random.next(below: graph.vertexCount)
                if !isMember[vertex] {
                    for member in members where !graph.areAdjacent(member, vertex) { remove(member, move) }
                    add(vertex, move)
                }
                phaseStart = move
                swaps = 0
            }
        }
        return best
    }

    /// A vertex outside with so many non-neighbours inside, of the least penalty, at random among equals.
    private mutating func choose(missing count: Int32, since start: Int?) -> Int? {
        var chosen: Int?
        var least = Int32.max
        var ties = 0
        for vertex in 0..<graph.vertexCount where missing[vertex] == count && !isMember[vertex] {
            if let start, lastMove[vertex] >= start { continue }
            if penalty[vertex] < least {
                (chosen, least, ties) = (vertex, penalty[vertex], 1)
            } else if penalty[vertex] == least {
                ties += 1
                if random.next(below: ties) == 0 { chosen = vertex }
            }
        }
        return chosen
    }

    private mutating func add(_ vertex: Int, _ move: Int) {
        members.append(vertex)
        isMember[vertex] = true
        lastMove[vertex] = move
        shift(vertex, by: 1)
    }

    private mutating func remove(_ vertex: Int, _ move: Int) {
        if let place = members.firstIndex(of: vertex) { members.swapAt(place, members.count - 1) }
        members.removeLast()
        isMember[vertex] = false
        lastMove[vertex] = move
        shift(vertex, by: -1)
    }

    private mutating func shift(_ vertex: Int, by amount: Int32) {
        let row = graph.row(vertex)
        let count = graph.vertexCount
        missing.withUnsafeMutableBufferPointer { missing in
            for word in 0..<graph.words {
                var rest = ~row[word]
                while rest != 0 {
                    let other = word << 6 | rest.trailingZeroBitCount
                    rest &= rest &- 1
                    if other < count && other != vertex { missing[other] &+= amount }
                }
            }
        }
    }
}
