/// A large independent set by local search: one member out, two in, with small disturbances in between.
///
/// Reference: Andrade, Resende and Werneck, "Fast local search for the maximum independent set problem" (2012).
struct LocalSearch: ~Copyable {
    private let graph: ConflictGraph
    private let count: Int
    private let offsets: UnsafeMutablePointer<Int>
    private let targets: UnsafeMutablePointer<Int32>
    private let isMember: UnsafeMutablePointer<Bool>
    /// Members among the neighbours of each vertex.
    private let tightness: UnsafeMutablePointer<Int32>
    private let lastOut: UnsafeMutablePointer<Int>
    private let mark: UnsafeMutablePointer<Int32>
    private var stamp: Int32 = 0
    private var size = 0
    private var random: RandomSource

    /// What was done since the last accepted set: a vertex that came in, or (as `-1 - vertex`) one that went out.
    private var changes: [Int32] = []
    /// Members whose surroundings have changed.
    private var candidates: [Int32] = []
    private var pair: [Int32] = []

    /// The largest set so far.
    private(set) var best: [Bool]
    /// Its size.
    private(set) var bestSize = 0

    init(_ graph: ConflictGraph, seed: UInt64) {
        self.graph = graph
        count = graph.vertexCount
        random = RandomSource(seed: seed)
        offsets = .allocate(capacity: count + 1)
        for (position, offset) in graph.offsets.enumerated() { offsets[position] = offset }
        targets = .allocate(capacity: graph.targets.count + 1)
        for (position, target) in graph.targets.enumerated() { targets[position] = target }
        isMember = .allocate(capacity: count + 1)
        isMember.initialize(repeating: false, count: count + 1)
        tightness = .allocate(capacity: count + 1)
        tightness.initialize(repeating: 0, count: count + 1)
        lastOut = .allocate(capacity: count + 1)
        lastOut.initialize(repeating: 0, count: count + 1)
        mark = .allocate(capacity: count + 1)
        mark.initialize(repeating: 0, count: count + 1)
        best = [Bool](repeating: false, count: count)
        start()
    }

    deinit {
        offsets.deallocate()
        targets.deallocate()
        isMember.deallocate()
        tightness.deallocate()
        lastOut.deallocate()
        mark.deallocate()
    }

    /// Disturbs and improves a number of times.
    mutating func run(steps: Int, control: SearchControl) {
        guard count > 0 else { return }
        var sinceImprovement = 0
        for step in 0..<steps {
            if step & 255 == 0 && control.isOver { break }
            let before = size
            changes.removeAll(keepingCapacity: true)
            disturb(step)
            improve()
            if size > bestSize {
                keep()
                sinceImprovement = 0
                continue
            }
            sinceImprovement += 1
            // A worse set is accepted now and then, the worse the seldomer.
            if size < before {
                let odds = 1 + 16 * (before - size) * (bestSize - size) * (bestSize - size)
                if sinceImprovement <= size || random.next(below: odds) != 0 { undo() }
            }
        }
    }

    /// Goes on from a given independent set.
    mutating func adopt(_ members: [Bool]) {
        for vertex in 0..<count where isMember[vertex] && !members[vertex] { remove(Int32(vertex)) }
        for vertex in 0..<count where members[vertex] && !isMember[vertex] { insert(Int32(vertex)) }
        changes.removeAll(keepingCapacity: true)
        if size > bestSize { keep() }
    }

    private mutating func keep() {
        bestSize = size
        for vertex in 0..<count { best[vertex] = isMember[vertex] }
    }

    /// The greedy set: always the vertex with the fewest open neighbours.
    private mutating func start() {
        var open = graph.vertexCount
        var degree = (0..<count).map(graph.degree)
        var buckets = [[Int32]](repeating: [], count: (degree.max() ?? 0) + 1)
        for vertex in (0..<count).reversed() { buckets[degree[vertex]].append(Int32(vertex)) }
        var isOpen = [Bool](repeating: true, count: count)
        var least = 0
        while open > 0 {
            guard let vertex = buckets[least].popLast() else {
                least += 1
                continue
            }
            guard isOpen[Int(vertex)], degree[Int(vertex)] == least else { continue }
            insert(vertex)
            isOpen[Int(vertex)] = false
            open -= 1
            for other in graph.neighbours(of: Int(vertex)) where isOpen[Int(other)] {
                isOpen[Int(other)] = false
                open -= 1
                for third in graph.neighbours(of: Int(other)) where isOpen[Int(third)] {
                    degree[Int(third)] -= 1
                    buckets[degree[Int(third)]].append(third)
                    least = min(least, degree[Int(third)])
                }
            }
        }
        for vertex in 0..<count where isMember[vertex] { candidates.append(Int32(vertex)) }
        improve()
        keep()
    }

    // MARK: -

    @inline(__always)
    private mutating func insert(_ vertex: Int32) {
        isMember[Int(vertex)] = true
        size &+= 1
        changes.append(vertex)
        for position in offsets[Int(vertex)]..<offsets[Int(vertex) &+ 1] { tightness[Int(targets[position])] &+= 1 }
    }

    @inline(__always)
    private mutating func remove(_ vertex: Int32) {
        isMember[Int(vertex)] = false
        size &-= 1
        changes.append(-1 &- vertex)
        for position in offsets[Int(vertex)]..<offsets[Int(vertex) &+ 1] { tightness[Int(targets[position])] &-= 1 }
    }

    private mutating func undo() {
        let done = changes
        for change in done.reversed() {
            if change >= 0 { remove(change) } else { insert(-1 &- change) }
        }
        changes.removeAll(keepingCapacity: true)
    }

    /// Forces in the one of a few that has been out the longest, seldom several.
    private mutating func disturb(_ step: Int) {
        var forced = 1
        if random.next(below: 2 * max(1, size)) == 0 {
            while forced < 8 && random.next(below: 2) == 0 { forced += 1 }
        }
        for _ in 0..<forced {
            var chosen: Int32 = -1
            for _ in 0..<4 {
                let vertex = random.next(below: count)
                if isMember[vertex] { continue }
                if chosen < 0 || lastOut[vertex] < lastOut[Int(chosen)] { chosen = Int32(vertex) }
            }
            guard chosen >= 0 else { continue }
            force(chosen, step)
        }
    }

    private mutating func force(_ vertex: Int32, _ step: Int) {
        insert(vertex)
        candidates.append(vertex)
        for position in offsets[Int(vertex)]..<offsets[Int(vertex) &+ 1] where isMember[Int(targets[position])] {
            let leaving = targets[position]
            remove(leaving)
            lastOut[Int(leaving)] = step
            addFree(around: leaving)
        }
    }

    /// Adds who has no member as a neighbour any more, and notes whose neighbours have come down to one.
    private mutating func addFree(around vertex: Int32) {
        for position in offsets[Int(vertex)]..<offsets[Int(vertex) &+ 1] {
            let other = targets[position]
            guard !isMember[Int(other)] else { continue }
            if tightness[Int(other)] == 0 {
                insert(other)
                candidates.append(other)
            } else if tightness[Int(other)] == 1 {
                for place in offsets[Int(other)]..<offsets[Int(other) &+ 1] where isMember[Int(targets[place])] {
                    candidates.append(targets[place])
                    break
                }
            }
        }
    }

    /// Exchanges one member for two wherever that is possible.
    private mutating func improve() {
        while let vertex = candidates.popLast() {
            guard isMember[Int(vertex)], let (first, second) = exchange(for: vertex) else { continue }
            remove(vertex)
            insert(first)
            insert(second)
            candidates.append(first)
            candidates.append(second)
            addFree(around: vertex)
        }
    }

    /// Two neighbours of a member that know no other member, nor one another.
    private mutating func exchange(for vertex: Int32) -> (Int32, Int32)? {
        pair.removeAll(keepingCapacity: true)
        for position in offsets[Int(vertex)]..<offsets[Int(vertex) &+ 1] where tightness[Int(targets[position])] == 1 {
            pair.append(targets[position])
        }
        guard pair.count >= 2 else { return nil }
        for first in pair {
            stamp &+= 1
            mark[Int(first)] = stamp
            for position in offsets[Int(first)]..<offsets[Int(first) &+ 1] { mark[Int(targets[position])] = stamp }
            for second in pair where mark[Int(second)] != stamp { return (first, second) }
        }
        return nil
    }
}
