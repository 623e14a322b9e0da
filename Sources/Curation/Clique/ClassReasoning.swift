/// Shows that one more vertex raises no bound: taking it would leave some colour classes without a member.
///
/// Each class is read as a soft clause, "one of its members is in the clique", and the vertex as another. Unit
/// propagation that empties a class names a set of clauses (a core) of which at least one fails. The core is then
/// relaxed: each of its clauses gets the same joker, which may stand in for one of them, so that later cores can use
/// them again, with what they have left.
///
/// Reference: Li, Fang and Xu, "Combining MaxSAT reasoning and incremental upper bound for the maximum clique problem"
/// (ICTAI 2013).
final class ClassReasoning {
    /// Jokers that one class may have, and classes that one core may have.
    private static let jokerLimit = 24
    private static let memberLimit = 64

    private let words: Int
    private let rows: UnsafeMutablePointer<UInt64>
    private let classes: ColourClasses
    private let bits: UnsafeMutablePointer<UInt64>
    private let alive: UnsafeMutablePointer<UInt64>
    private let unexplained: UnsafeMutablePointer<UInt64>
    private let coreLimit: Int

    /// The cores whose joker a class may use: `jokerLimit` numbers a class.
    private let jokers: UnsafeMutablePointer<Int32>
    private let jokerCount: UnsafeMutablePointer<Int32>
    /// The classes of each core: `memberLimit` numbers a core.
    private let members: UnsafeMutablePointer<Int32>
    private let memberCount: UnsafeMutablePointer<Int32>
    private var coreCount = 0

    /// The step of the trail that used a core's joker, or -1.
    private let jokerUser: UnsafeMutablePointer<Int32>
    private let isResolved: UnsafeMutablePointer<Bool>
    private let isInvolved: UnsafeMutablePointer<Bool>
    private let involved: UnsafeMutablePointer<Int32>
    private var involvedCount = 0
    /// Classes that may have more than one way left.
    private let open: UnsafeMutablePointer<Int32>
    private var openCount = 0

    /// The propagated literals in order: a vertex, or a core whose joker is used (as `-1 - core`).
    private let trailLiteral: UnsafeMutablePointer<Int32>
    private let trailClass: UnsafeMutablePointer<Int32>
    /// The step while which the literal was found.
    private let trailCause: UnsafeMutablePointer<Int32>
    private var trailCount = 0

    init(_ graph: DenseGraph, _ classes: ColourClasses) {
        words = graph.words
        rows = graph.rows
        self.classes = classes
        bits = classes.bits
        let capacity = graph.vertexCount + 1
        coreLimit = capacity
        alive = .allocate(capacity: words)
        unexplained = .allocate(capacity: words)
        jokers = .allocate(capacity: capacity * Self.jokerLimit)
        jokerCount = .allocate(capacity: capacity)
        members = .allocate(capacity: capacity * Self.memberLimit)
        memberCount = .allocate(capacity: capacity)
        jokerUser = .allocate(capacity: capacity)
        isResolved = .allocate(capacity: capacity)
        isInvolved = .allocate(capacity: capacity)
        involved = .allocate(capacity: capacity)
        open = .allocate(capacity: capacity)
        trailLiteral = .allocate(capacity: capacity)
        trailClass = .allocate(capacity: capacity)
        trailCause = .allocate(capacity: capacity)
    }

    deinit {
        alive.deallocate()
        unexplained.deallocate()
        jokers.deallocate()
        jokerCount.deallocate()
        members.deallocate()
        memberCount.deallocate()
        jokerUser.deallocate()
        isResolved.deallocate()
        isInvolved.deallocate()
        involved.deallocate()
        open.deallocate()
        trailLiteral.deallocate()
        trailClass.deallocate()
        trailCause.deallocate()
    }

    /// Moves to the coloured who of the rest raises no bound, each as a class of its own.
    ///
    /// - Returns: Whether anybody is left.
    func absorb(coloured: UnsafeMutablePointer<UInt64>, rest: UnsafeMutablePointer<UInt64>) -> Bool {
        for index in 0..<classes.count { jokerCount[index] = 0 }
        coreCount = 0
        var isAnyLeft = false
        for word in 0..<words {
            var open = rest[word]
            while open != 0 {
                let bit = open & (0 &- open)
                open ^= bit
                let vertex = word << 6 | bit.trailingZeroBitCount
                let row = rows + vertex &* words
                for index in 0..<words { alive[index] = coloured[index] & row[index] }
                if refute(vertex) {
                    coloured[word] |= bit
                    rest[word] ^= bit
                } else {
                    isAnyLeft = true
                }
            }
        }
        return isAnyLeft
    }

    /// Propagates a vertex; at a conflict relaxes its core and gives the vertex a class.
    private func refute(_ vertex: Int) -> Bool {
        let own = classes.count
        guard coreCount < coreLimit else { return false }
        let set = classes.bits + own &* words
        for word in 0..<words { set[word] = 0 }
        set[vertex >> 6] = 1 << UInt64(vertex & 63)
        jokerCount[own] = 0
        for index in 0..<own {
            isResolved[index] = false
            open[index] = Int32(truncatingIfNeeded: index)
        }
        openCount = own
        for core in 0..<coreCount { jokerUser[core] = -1 }
        isResolved[own] = true
        trailCount = 1
        trailLiteral[0] = Int32(truncatingIfNeeded: vertex)
        trailClass[0] = Int32(truncatingIfNeeded: own)
        trailCause[0] = -1
        var step = 0
        while step < trailCount {
            if let conflict = propagate(step, own) { return relax(conflict, until: step, own: own) }
            step &+= 1
        }
        return false
    }

    /// Draws the consequences of one literal.
    ///
    /// - Returns: A class that is left without member and joker.
    private func propagate(_ step: Int, _ own: Int) -> Int? {
        let literal = Int(trailLiteral[step])
        if literal >= 0 {
            if step > 0 {
                // It may have lost to a literal that was propagated after it was found.
                guard alive[literal >> 6] >> UInt64(literal & 63) & 1 == 1 else { return Int(trailClass[step]) }
                let row = rows + literal &* words
                for word in 0..<words { alive[word] &= row[word] }
            }
            var kept = 0
            for position in 0..<openCount {
                let index = Int(open[position])
                if isResolved[index] { continue }
                if examine(index, step) { return index }
                open[kept] = Int32(truncatingIfNeeded: index)
                kept &+= 1
            }
            openCount = kept
        } else {
            let core = -1 &- literal
            let list = members + core &* Self.memberLimit
            for position in 0..<Int(memberCount[core]) {
                let index = Int(list[position])
                if !isResolved[index] && examine(index, step) { return index }
            }
        }
        return nil
    }

    /// Looks whether a class has become empty, or has one way left, which is then put on the trail.
    @inline(__always)
    private func examine(_ index: Int, _ step: Int) -> Bool {
        let set = bits + index &* words
        let alive = alive
        var any: UInt64 = 0
        var many: UInt64 = 0
        // Without branches: which classes have one member left is what a processor cannot foresee.
        for word in 0..<words {
            let common = set[word] & alive[word]
            many |= common & (common &- 1) | (any == 0 ? 0 : common)
            any |= common
        }
        if many != 0 { return false }
        var free = -1
        let list = jokers + index &* Self.jokerLimit
        for position in 0..<Int(jokerCount[index]) where jokerUser[Int(list[position])] < 0 {
            if any != 0 || free >= 0 { return false }
            free = Int(list[position])
        }
        if any == 0 && free < 0 { return true }
        isResolved[index] = true
        if any == 0 {
            jokerUser[free] = Int32(truncatingIfNeeded: trailCount)
            trailLiteral[trailCount] = Int32(truncatingIfNeeded: -1 &- free)
        } else {
            var word = 0
            while set[word] & alive[word] == 0 { word &+= 1 }
            let member = word << 6 | any.trailingZeroBitCount
            trailLiteral[trailCount] = Int32(truncatingIfNeeded: member)
        }
        trailClass[trailCount] = Int32(truncatingIfNeeded: index)
        trailCause[trailCount] = Int32(truncatingIfNeeded: step)
        trailCount &+= 1
        return false
    }

    /// Finds the classes that the conflict rests on and gives them a common joker.
    private func relax(_ conflict: Int, until step: Int, own: Int) -> Bool {
        for index in 0...own { isInvolved[index] = false }
        involvedCount = 0
        involve(own)
        involve(conflict)
        // A class whose unit literal was lost again is on the trail itself; all its members fell before this step.
        explain(conflict, keeping: nil, own: nil, through: step, before: trailCount)
        var next = 2
        while next < involvedCount {
            let index = Int(involved[next])
            next &+= 1
            guard let place = trailPlace(of: index) else { continue }
            let literal = Int(trailLiteral[place])
            explain(
                index,
                keeping: literal >= 0 ? literal : nil,
                own: literal < 0 ? -1 &- literal : nil,
                through: Int(trailCause[place]),
                before: place
            )
        }
        guard involvedCount <= Self.memberLimit else { return false }
        for position in 0..<involvedCount where jokerCount[Int(involved[position])] >= Self.jokerLimit {
            return false
        }
        let core = coreCount
        coreCount &+= 1
        memberCount[core] = Int32(truncatingIfNeeded: involvedCount)
        for position in 0..<involvedCount {
            let index = Int(involved[position])
            members[core &* Self.memberLimit &+ position] = involved[position]
            jokers[index &* Self.jokerLimit &+ Int(jokerCount[index])] = Int32(truncatingIfNeeded: core)
            jokerCount[index] &+= 1
        }
        classes.count = own &+ 1
        return true
    }

    private func trailPlace(of index: Int) -> Int? {
        for place in 0..<trailCount where Int(trailClass[place]) == index { return place }
        return nil
    }

    @inline(__always)
    private func involve(_ index: Int) {
        guard !isInvolved[index] else { return }
        isInvolved[index] = true
        involved[involvedCount] = Int32(truncatingIfNeeded: index)
        involvedCount &+= 1
    }

    /// Involves the classes that took from a class its members and its jokers.
    private func explain(_ index: Int, keeping vertex: Int?, own joker: Int?, through last: Int, before place: Int) {
        let set = classes.bits + index &* words
        var isAnyLeft: UInt64 = 0
        for word in 0..<words { unexplained[word] = set[word] }
        if let vertex { unexplained[vertex >> 6] &= ~(1 << UInt64(vertex & 63)) }
        for word in 0..<words { isAnyLeft |= unexplained[word] }
        var step = 0
        while isAnyLeft != 0 && step <= last {
            let literal = Int(trailLiteral[step])
            if literal >= 0 && Int(trailClass[step]) != index {
                let row = rows + literal &* words
                var taken: UInt64 = 0
                isAnyLeft = 0
                for word in 0..<words {
                    taken |= unexplained[word] & ~row[word]
                    unexplained[word] &= row[word]
                    isAnyLeft |= unexplained[word]
                }
                if taken != 0 { involve(Int(trailClass[step])) }
            }
            step &+= 1
        }
        let list = jokers + index &* Self.jokerLimit
        for position in 0..<Int(jokerCount[index]) where Int(list[position]) != joker {
            let user = Int(jokerUser[Int(list[position])])
            if user >= 0 && user < place { involve(Int(trailClass[user])) }
        }
    }
}
