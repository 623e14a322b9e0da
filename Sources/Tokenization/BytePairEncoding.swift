/// Puts the bytes of a piece together to tokens: of all pairs that stand side by side the one of lowest rank is merged,
/// the leftmost of equal ones, until no pair is left that is known.
struct BytePairEncoding: Sendable {
    /// What becomes of a pair.
    struct Merge: Sendable {
        var rank: Int32
        var id: Int32
    }

    /// The token of each byte; -1 for a byte without one.
    let bytes: [Int32]
    /// The merges by both ids, the left one in the high half.
    let merges: [UInt64: Merge]
    /// Pieces that are a token as a whole, whatever merges would make of them; empty where merges decide.
    let whole: [[UInt8]: Int32]

    /// Where a pair may be merged.
    private struct Candidate {
        var rank: Int32
        var place: Int32
        /// What it would become.
        ///
        /// Another pair that has come about there since may become the same, and then is merged in its place: so does the
        /// library whose ids these are.
        var id: Int32

        func comesBefore(_ other: Candidate) -> Bool { (rank, place) < (other.rank, other.place) }
    }

    private struct Symbol {
        var id: Int32
        var previous: Int32
        var next: Int32
    }

    /// The key of a pair.
    static func key(_ left: Int32, _ right: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }

    /// Appends the tokens of a piece.
    ///
    /// - Complexity: O(*n* log *n*).
    func append(_ piece: ArraySlice<UInt8>, to ids: inout [Int32]) {
        if !whole.isEmpty, let id = whole[Array(piece)] {
            ids.append(id)
            return
        }
        // Neighbours of a byte without a token become each other's.
        let known = piece.lazy.map { bytes[Int($0)] }.filter { $0 >= 0 }
        let count = Int32(known.count)
        var symbols = zip(known, 0..<count).map { id, place in
            Symbol(id: id, previous: place - 1, next: place + 1 < count ? place + 1 : -1)
        }
        var queue: [Candidate] = []
        for place in symbols.indices.dropLast() { push(Int32(place), symbols, &queue) }
        while let best = pop(&queue) {
            let left = symbols[Int(best.place)]
            // One of the two may have become part of something else since.
            guard left.id >= 0, left.next >= 0 else { continue }
            let right = symbols[Int(left.next)]
            guard let merge = merges[Self.key(left.id, right.id)], merge.id == best.id else { continue }
            symbols[Int(left.next)].id = -1
            symbols[Int(best.place)].id = merge.id
            symbols[Int(best.place)].next = right.next
            if right.next >= 0 { symbols[Int(right.next)].previous = best.place }
            if left.previous >= 0 { push(left.previous, symbols, &queue) }
            push(best.place, symbols, &queue)
        }
        for symbol in symbols where symbol.id >= 0 { ids.append(symbol.id) }
    }

    // MARK: - The queue, a binary heap

    private func push(_ place: Int32, _ symbols: [Symbol], _ queue: inout [Candidate]) {
        let left = symbols[Int(place)]
        guard left.next >= 0 else { return }
        guard let merge = merges[Self.key(left.id, symbols[Int(left.next)].id)] else { return }
        queue.append(Candidate(rank: merge.rank, place: place, id: merge.id))
        var child = queue.count - 1
        while child > 0, queue[child].comesBefore(queue[(child - 1) / 2]) {
            queue.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private func pop(_ queue: inout [Candidate]) -> Candidate? {
        guard let first = queue.first, let last = queue.popLast() else { return nil }
        guard !queue.isEmpty else { return first }
        queue[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < queue.count && queue[child].comesBefore(queue[least]) { least = child }
            if least == parent { return first }
            queue.swapAt(parent, least)
            parent = least
        }
    }
}
