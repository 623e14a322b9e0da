/// The linear relaxation with weights: its values are 0, ½ and 1, and what is 0 or 1 may stay so (Nemhauser and Trotter).
///
/// It is solved as a minimum cut of the bipartite double of the graph: each vertex stands once on each side with its
/// weight as the capacity from the source or to the sink, and edges have no limit. Reference: Dinic (1970).
struct WeightedProgramme {
    /// Work for each edge, in steps, after which the programme is given up: whoever is taken by then has not been found.
    private static let effort = 2000

    private let kernel: WeightedKernel
    private let vertices: [Int32]
    private let offsets: [Int]
    private let targets: [Int32]
    /// The arc from the other side, for each arc.
    private let mates: [Int32]
    /// What runs along each arc, from the left to the right.
    private var flow: [Int]
    /// What may still come from the source, and go to the sink.
    private var supply: [Int]
    private var demand: [Int]
    private var stepsLeft: Int

    init(_ kernel: WeightedKernel) {
        self.kernel = kernel
        let (graph, vertices, weights) = kernel.weightedRemainder()
        self.vertices = vertices
        offsets = graph.offsets
        targets = graph.targets
        var mates = [Int32](repeating: 0, count: graph.targets.count)
        var ends = graph.offsets
        for vertex in vertices.indices {
            // Rows are in ascending order, so each vertex meets the rows of its neighbours in that order.
            for position in graph.offsets[vertex]..<graph.offsets[vertex + 1] {
                let other = Int(graph.targets[position])
                mates[position] = Int32(ends[other])
                ends[other] += 1
            }
        }
        self.mates = mates
        flow = [Int](repeating: 0, count: graph.targets.count)
        supply = weights
        demand = weights
        stepsLeft = Self.effort * (graph.targets.count + vertices.count)
    }

    /// Takes who is 1 in the programme, which removes who is 0.
    ///
    /// - Returns: Whether anybody was.
    mutating func reduce() -> Bool {
        fill()
        var layer = [Int32](repeating: -1, count: 2 * vertices.count)
        while layers(&layer) {
            var cursor = Array(offsets.dropLast()) + Array(offsets.dropLast())
            for vertex in vertices.indices {
                while supply[vertex] > 0 && augment(from: vertex, layer, &cursor) {}
            }
            if stepsLeft < 0 { return false }
        }
        // Who is reached from the source on the left and not on the right is worth 1.
        var hasTaken = false
        for vertex in vertices.indices where layer[vertex] >= 0 && layer[vertices.count + vertex] < 0 {
            if kernel.isAlive[Int(vertices[vertex])] {
                kernel.take(vertices[vertex])
                hasTaken = true
            }
        }
        return hasTaken
    }

    /// Sends what can go straight along one edge.
    private mutating func fill() {
        for vertex in vertices.indices {
            for position in offsets[vertex]..<offsets[vertex + 1] where supply[vertex] > 0 {
                let other = Int(targets[position])
                let amount = min(supply[vertex], demand[other])
                flow[position] += amount
                supply[vertex] -= amount
                demand[other] -= amount
            }
        }
    }

    /// The distances from the source of both sides, the right one behind the left; whether the sink is reached.
    private mutating func layers(_ layer: inout [Int32]) -> Bool {
        let count = vertices.count
        var queue: [Int] = []
        for node in layer.indices { layer[node] = -1 }
        for vertex in 0..<count where supply[vertex] > 0 {
            layer[vertex] = 0
            queue.append(vertex)
        }
        var isReached = false
        var next = 0
        while next < queue.count {
            let node = queue[next]
            next += 1
            let vertex = node < count ? node : node - count
            stepsLeft -= offsets[vertex + 1] - offsets[vertex]
            if node >= count && demand[vertex] > 0 { isReached = true }
            for position in offsets[vertex]..<offsets[vertex + 1] {
                let other = Int(targets[position]) + (node < count ? count : 0)
                guard layer[other] < 0, node < count || flow[Int(mates[position])] > 0 else { continue }
                layer[other] = layer[node] + 1
                queue.append(other)
            }
        }
        return isReached
    }

    /// Sends as much as one path along the layers can take; a stack of our own, for paths are as long as the graph.
    ///
    /// - Returns: Whether there was a path.
    private mutating func augment(from start: Int, _ layer: [Int32], _ cursor: inout [Int]) -> Bool {
        let count = vertices.count
        var path = [start]
        while let node = path.last {
            let isLeft = node < count
            let vertex = isLeft ? node : node - count
            if !isLeft && demand[vertex] > 0 {
                push(along: path, cursor)
                return true
            }
            stepsLeft -= 1
            guard cursor[node] < offsets[vertex + 1] else {
                path.removeLast()
                if let previous = path.last { cursor[previous] += 1 }
                continue
            }
            let position = cursor[node]
            let other = Int(targets[position]) + (isLeft ? count : 0)
            if layer[other] == layer[node] + 1 && (isLeft || flow[Int(mates[position])] > 0) {
                path.append(other)
            } else {
                cursor[node] += 1
            }
        }
        return false
    }

    private mutating func push(along path: [Int], _ cursor: [Int]) {
        let count = vertices.count
        let last = path[path.count - 1] - count
        var amount = min(supply[path[0]], demand[last])
        for node in path.dropLast() where node >= count { amount = min(amount, flow[Int(mates[cursor[node]])]) }
        for node in path.dropLast() {
            if node < count { flow[cursor[node]] += amount } else { flow[Int(mates[cursor[node]])] -= amount }
        }
        supply[path[0]] -= amount
        demand[last] -= amount
    }
}
