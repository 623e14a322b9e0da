/// A graph that shrinks while it is reduced.
///
/// Rows of neighbours lie in one pool. Who has been removed stays in the rows of others until somebody walks along
/// them. A vertex that stands for several takes the number of one of them.
class ShrinkingGraph {
    final let vertexCount: Int
    final let isAlive: UnsafeMutablePointer<Bool>
    final let degree: UnsafeMutablePointer<Int32>
    /// Vertices whose surroundings have changed.
    final var worklist: [Int32] = []
    final private(set) var aliveCount: Int

    private final let isListed: UnsafeMutablePointer<Bool>
    private final let start: UnsafeMutablePointer<Int>
    private final let length: UnsafeMutablePointer<Int32>
    private final var pool: UnsafeMutablePointer<Int32>
    private final var poolCount: Int
    private final var poolCapacity: Int
    private final let mark: UnsafeMutablePointer<Int32>
    private final var stamp: Int32 = 0

    init(_ graph: ConflictGraph) {
        let count = graph.vertexCount
        vertexCount = count
        aliveCount = count
        isAlive = .allocate(capacity: count + 1)
        isListed = .allocate(capacity: count + 1)
        degree = .allocate(capacity: count + 1)
        start = .allocate(capacity: count + 1)
        length = .allocate(capacity: count + 1)
        mark = .allocate(capacity: count + 1)
        poolCount = graph.targets.count
        poolCapacity = poolCount + 64
        pool = .allocate(capacity: poolCapacity)
        graph.targets.withUnsafeBufferPointer { source in
            if let base = source.baseAddress { pool.update(from: base, count: source.count) }
        }
        for vertex in 0..<count {
            isAlive[vertex] = true
            isListed[vertex] = true
            start[vertex] = graph.offsets[vertex]
            length[vertex] = Int32(graph.degree(of: vertex))
            degree[vertex] = length[vertex]
            mark[vertex] = 0
        }
        // The last is looked at first.
        worklist = (0..<Int32(count)).reversed()
    }

    deinit {
        isAlive.deallocate()
        isListed.deallocate()
        degree.deallocate()
        start.deallocate()
        length.deallocate()
        mark.deallocate()
        pool.deallocate()
    }

    /// The living neighbours of a vertex; they hold until the next folding.
    @inline(__always)
    final func neighbours(of vertex: Int32) -> UnsafeBufferPointer<Int32> {
        let vertex = Int(vertex)
        let row = pool + start[vertex]
        if length[vertex] != degree[vertex] {
            var kept = 0
            for position in 0..<Int(length[vertex]) where isAlive[Int(row[position])] {
                row[kept] = row[position]
                kept &+= 1
            }
            length[vertex] = Int32(truncatingIfNeeded: kept)
        }
        return UnsafeBufferPointer(start: row, count: Int(length[vertex]))
    }

    final func areAdjacent(_ first: Int32, _ second: Int32) -> Bool {
        degree[Int(first)] < degree[Int(second)]
            ? neighbours(of: first).contains(second) : neighbours(of: second).contains(first)
    }

    /// Takes the next vertex whose surroundings have changed.
    final func nextListed() -> Int32? {
        while let vertex = worklist.popLast() {
            isListed[Int(vertex)] = false
            if isAlive[Int(vertex)] { return vertex }
        }
        return nil
    }

    @inline(__always)
    final func list(_ vertex: Int32) {
        guard !isListed[Int(vertex)] else { return }
        isListed[Int(vertex)] = true
        worklist.append(vertex)
    }

    /// Lists everybody who is left.
    final func listAll() {
        for vertex in stride(from: Int32(vertexCount) - 1, through: 0, by: -1) where isAlive[Int(vertex)] {
            list(vertex)
        }
    }

    /// Removes a vertex that some best answer does without.
    final func drop(_ vertex: Int32) {
        isAlive[Int(vertex)] = false
        aliveCount -= 1
        for other in neighbours(of: vertex) {
            degree[Int(other)] &-= 1
            list(other)
        }
    }

    /// Removes a vertex and its neighbours.
    final func dropNeighbourhood(of vertex: Int32) {
        isAlive[Int(vertex)] = false
        aliveCount -= 1
        for other in neighbours(of: vertex) {
            degree[Int(other)] &-= 1
            drop(other)
        }
    }

    /// Puts one vertex in the place of several that are not adjacent; its neighbours are theirs, it and a twin excepted.
    final func merge(_ parts: [Int32], into vertex: Int32, removing twin: Int32?) {
        // Walked along before anything dies, for a row is shortened while it is walked along.
        var union: [Int32] = []
        stamp += 1
        mark[Int(vertex)] = stamp
        if let twin { mark[Int(twin)] = stamp }
        for part in parts { mark[Int(part)] = stamp }
        for part in parts {
            for other in neighbours(of: part) where mark[Int(other)] != stamp {
                mark[Int(other)] = stamp
                union.append(other)
            }
        }
        let gone = parts + (twin.map { [$0] } ?? [])
        for part in gone {
            isAlive[Int(part)] = false
            aliveCount -= 1
        }
        for part in parts {
            for other in neighbours(of: part) where isAlive[Int(other)] && other != vertex {
                degree[Int(other)] &-= 1
            }
        }
        for other in union {
            // There is a place: that of a part, which is dead now.
            let row = pool + start[Int(other)]
            var position = 0
            while !parts.contains(row[position]) { position += 1 }
            row[position] = vertex
            degree[Int(other)] &+= 1
            list(other)
        }
        store(union, for: vertex)
        list(vertex)
    }

    private final func store(_ row: [Int32], for vertex: Int32) {
        if poolCount + row.count > poolCapacity {
            poolCapacity = max(2 * poolCapacity, poolCount + row.count)
            let larger = UnsafeMutablePointer<Int32>.allocate(capacity: poolCapacity)
            larger.update(from: pool, count: poolCount)
            pool.deallocate()
            pool = larger
        }
        for (position, other) in row.enumerated() { pool[poolCount + position] = other }
        start[Int(vertex)] = poolCount
        length[Int(vertex)] = Int32(row.count)
        degree[Int(vertex)] = Int32(row.count)
        poolCount += row.count
    }

    /// What is left, numbered anew.
    ///
    /// - Returns: The graph, and which vertex each of its vertices is here.
    final func remainder() -> (graph: ConflictGraph, vertices: [Int32]) {
        let vertices = (0..<Int32(vertexCount)).filter { isAlive[Int($0)] }
        var number = [Int32](repeating: -1, count: vertexCount)
        for (position, vertex) in vertices.enumerated() { number[Int(vertex)] = Int32(position) }
        var offsets = [0]
        var targets: [Int32] = []
        for vertex in vertices {
            targets += neighbours(of: vertex).map { number[Int($0)] }.sorted()
            offsets.append(targets.count)
        }
        return (ConflictGraph(vertexCount: vertices.count, offsets: offsets, targets: targets), vertices)
    }
}
