/// A partition of candidates into independent sets: a clique takes at most one vertex of each.
final class ColourClasses {
    let words: Int
    let rows: UnsafeMutablePointer<UInt64>
    /// The bits of the classes, one row each.
    let bits: UnsafeMutablePointer<UInt64>
    /// How many classes there are.
    var count = 0
    private let uncoloured: UnsafeMutablePointer<UInt64>

    init(_ graph: DenseGraph) {
        words = graph.words
        rows = graph.rows
        let capacity = graph.vertexCount + 1
        bits = .allocate(capacity: capacity * words)
        uncoloured = .allocate(capacity: words)
    }

    deinit {
        bits.deallocate()
        uncoloured.deallocate()
    }

    /// Colours as many candidates as `limit` colours can take, greedily and then by moving others.
    ///
    /// - Parameters:
    ///   - candidates: Whom to colour; after the call, who has a colour.
    ///   - rest: After the call, who has none.
    /// - Returns: Whether anybody is without colour.
    @inline(__always)
    func colour(
        _ candidates: UnsafeMutablePointer<UInt64>,
        rest: UnsafeMutablePointer<UInt64>,
        limit: Int
    ) -> Bool {
        let words = words
        let rows = rows
        let open = uncoloured
        for word in 0..<words { rest[word] = candidates[word] }
        var first = 0
        count = 0
        while count < limit {
            while first < words && rest[first] == 0 { first &+= 1 }
            if first == words { return false }
            let set = bits + count &* words
            for word in 0..<first { set[word] = 0 }
            for word in first..<words { open[word] = rest[word] }
            for word in first..<words {
                var members: UInt64 = 0
                while open[word] != 0 {
                    let bit = open[word] & (0 &- open[word])
                    members |= bit
                    open[word] ^= bit
                    let row = rows + (word << 6 | bit.trailingZeroBitCount) &* words
                    for index in word..<words { open[index] &= ~row[index] }
                }
                set[word] = members
                rest[word] &= ~members
            }
            count &+= 1
        }
        var left: UInt64 = 0
        for word in 0..<words {
            candidates[word] &= ~rest[word]
            left |= rest[word]
        }
        if left == 0 { return false }
        return limit < 2 || recolour(candidates, rest)
    }

    /// Finds room for vertices without colour: one that has a single neighbour in a class takes its place when that
    /// neighbour can move to another class.
    private func recolour(_ candidates: UnsafeMutablePointer<UInt64>, _ rest: UnsafeMutablePointer<UInt64>) -> Bool {
        var isAnyLeft = false
        for word in 0..<words {
            var open = rest[word]
            while open != 0 {
                let bit = open & (0 &- open)
                open ^= bit
                let vertex = word << 6 | bit.trailingZeroBitCount
                if moveAside(for: vertex) {
                    candidates[word] |= bit
                    rest[word] ^= bit
                } else {
                    isAnyLeft = true
                }
            }
        }
        return isAnyLeft
    }

    @inline(__always)
    private func moveAside(for vertex: Int) -> Bool {
        let row = rows + vertex &* words
        for index in 0..<count {
            let set = bits + index &* words
            var single: UInt64 = 0
            var place = 0
            var isMany = false
            for word in 0..<words {
                let common = set[word] & row[word]
                if common != 0 {
                    if single != 0 || common & (common &- 1) != 0 {
                        isMany = true
                        break
                    }
                    single = common
                    place = word
                }
            }
            if isMany { continue }
            if single != 0 {
                let neighbour = place << 6 | single.trailingZeroBitCount
                guard let other = home(for: neighbour, besides: index) else { continue }
                (bits + other &* words)[place] |= single
                set[place] ^= single
            }
            set[vertex >> 6] |= 1 << UInt64(vertex & 63)
            return true
        }
        return false
    }

    /// A class that holds no neighbour of a vertex.
    @inline(__always)
    private func home(for vertex: Int, besides: Int) -> Int? {
        let row = rows + vertex &* words
        for index in 0..<count where index != besides {
            let set = bits + index &* words
            var common: UInt64 = 0
            for word in 0..<words { common |= set[word] & row[word] }
            if common == 0 { return index }
        }
        return nil
    }
}
