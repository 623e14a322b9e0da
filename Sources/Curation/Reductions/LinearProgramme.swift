/// The linear relaxation: its values are 0, ½ and 1, and what is 0 or 1 may stay so (Nemhauser and Trotter).
///
/// It is solved as a maximum matching of the bipartite double of the graph, in which each vertex stands once on each
/// side and each edge twice. Reference: Hopcroft and Karp (1973); Iwata, Oka and Yoshida (2014).
struct LinearProgramme {
    private let kernel: Kernel
    private let vertices: [Int32]
    private let offsets: [Int]
    private let targets: [Int32]
    /// The partner on the right of each vertex on the left, and the reverse; -1 for none.
    private var partner: [Int32]
    private var partnerOfRight: [Int32]

    init(_ kernel: Kernel) {
        self.kernel = kernel
        let remainder = kernel.remainder()
        vertices = remainder.vertices
        offsets = remainder.graph.offsets
        targets = remainder.graph.targets
        partner = [Int32](repeating: -1, count: vertices.count)
        partnerOfRight = partner
    }

    /// Takes who is 1 in the programme, which removes who is 0.
    ///
    /// - Returns: Whether anybody was.
    mutating func reduce() -> Bool {
        match()
        // From the unmatched on the left along unmatched edges to the right and matched ones back: what is reached on
        // the left and not on the right is worth 1.
        var isReachedLeft = [Bool](repeating: false, count: vertices.count)
        var isReachedRight = isReachedLeft
        var queue = partner.indices.filter { partner[$0] < 0 }
        for vertex in queue { isReachedLeft[vertex] = true }
        var next = 0
        while next < queue.count {
            let vertex = queue[next]
            next += 1
            for position in offsets[vertex]..<offsets[vertex + 1] {
                let other = Int(targets[position])
                if isReachedRight[other] { continue }
                isReachedRight[other] = true
                let back = Int(partnerOfRight[other])
                if back >= 0 && !isReachedLeft[back] {
                    isReachedLeft[back] = true
                    queue.append(back)
                }
            }
        }
        var hasTaken = false
        for vertex in vertices.indices where isReachedLeft[vertex] && !isReachedRight[vertex] {
            if kernel.isAlive[Int(vertices[vertex])] {
                kernel.take(vertices[vertex])
                hasTaken = true
            }
        }
        return hasTaken
    }

    private mutating func match() {
        for vertex in vertices.indices {
            for position in offsets[vertex]..<offsets[vertex + 1] where partnerOfRight[Int(targets[position])] < 0 {
                partner[vertex] = targets[position]
                partnerOfRight[Int(targets[position])] = Int32(vertex)
                break
            }
        }
        var layer = [Int32](repeating: 0, count: vertices.count)
        while levels(&layer) {
            var cursor = Array(offsets.dropLast())
            for vertex in vertices.indices where partner[vertex] < 0 { augment(from: vertex, &layer, &cursor) }
        }
    }

    /// The distances from the unmatched on the left; whether an unmatched one on the right is reached.
    private func levels(_ layer: inout [Int32]) -> Bool {
        var queue: [Int] = []
        for vertex in vertices.indices {
            layer[vertex] = partner[vertex] < 0 ? 0 : -1
            if partner[vertex] < 0 { queue.append(vertex) }
        }
        var isReached = false
        var next = 0
        while next < queue.count {
            let vertex = queue[next]
            next += 1
            for position in offsets[vertex]..<offsets[vertex + 1] {
                let back = Int(partnerOfRight[Int(targets[position])])
                if back < 0 {
                    isReached = true
                } else if layer[back] < 0 {
                    layer[back] = layer[vertex] + 1
                    queue.append(back)
                }
            }
        }
        return isReached
    }

    /// Looks for one augmenting path along the layers; a stack of our own, for paths are as long as the graph.
    private mutating func augment(from start: Int, _ layer: inout [Int32], _ cursor: inout [Int]) {
        var path = [start]
        while let vertex = path.last {
            guard cursor[vertex] < offsets[vertex + 1] else {
                layer[vertex] = -1
                path.removeLast()
                if let previous = path.last { cursor[previous] += 1 }
                continue
            }
            let back = Int(partnerOfRight[Int(targets[cursor[vertex]])])
            if back < 0 {
                for vertex in path {
                    let right = targets[cursor[vertex]]
                    partner[vertex] = right
                    partnerOfRight[Int(right)] = Int32(vertex)
                }
                return
            }
            if layer[back] == layer[vertex] + 1 { path.append(back) } else { cursor[vertex] += 1 }
        }
    }
}
