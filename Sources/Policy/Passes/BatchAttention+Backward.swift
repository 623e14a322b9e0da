import CPolicyKernels
import Glibc

extension BatchAttention {
    /// Fills `dAttention`, the gradient with respect to queries, keys and values, from that with respect to `attended`.
    ///
    /// Probabilities are computed again from queries and keys. One thread does all of a tree's head, in a fixed order, since
    /// the completions of a group add to the gradient of their prompt.
    func attendBackward(
        _ worker: Worker, _ rows: Activations.Layer, dAttended: UnsafePointer<Float>,
        into dAttention: UnsafeMutablePointer<Float>
    ) {
        let heads = configuration.keyValueHeadCount
        worker.share(batch.trees.count * heads) { item in
            attendBackward(
                worker, rows, tree: item / heads, head: item % heads, dAttended: dAttended, into: dAttention)
        }
    }

    private func attendBackward(
        _ worker: Worker, _ rows: Activations.Layer, tree: Int, head: Int, dAttended: UnsafePointer<Float>,
        into dAttention: UnsafeMutablePointer<Float>
    ) {
        let set = kernels.table
        let width = configuration.attentionWidth
        let size = configuration.headSize
        let segments = batch.segments[batch.trees[tree]]
        let longest = segments.reduce(0) { max($0, $1.rows.count + batch.prefixCount(of: $1)) }
        let room = AttentionBackwardRoom(
            worker, size: size, tokens: longest, height: min(AttentionRows.height, longest))
        let keyOffset = configuration.queryWidth + head * size
        let valueOffset = keyOffset + configuration.keyValueWidth
        let bytes = size * MemoryLayout<Float>.stride

        for segment in segments {
            for row in segment.rows {
                memset(dAttention + row * width + keyOffset, 0, bytes)
                memset(dAttention + row * width + valueOffset, 0, bytes)
            }
        }
        for segment in segments {
            let own = segment.rows
            let prefix = segment.prefix.map { batch.segments[$0].rows } ?? 0..<0
            let n = prefix.count + own.count
            for (place, row) in [prefix, own].joined().enumerated() {
                memcpy(room.keys + place * size, rows.attention + row * width + keyOffset, bytes)
                memcpy(room.values + place * size, rows.attention + row * width + valueOffset, bytes)
            }
            memset(room.dKeys, 0, n * bytes)
            memset(room.dValues, 0, n * bytes)
            set.pack_b(room.keys, 1, size, size, n, room.keyColumns)
            set.pack_b(room.values, 1, size, size, n, room.valueColumns)
            set.pack_b(room.keys, size, 1, n, size, room.keyRows)
            for first in stride(from: own.lowerBound, to: own.upperBound, by: AttentionRows.height) {
                let count = min(AttentionRows.height, own.upperBound - first)
                let visible = prefix.count + first - own.lowerBound + 1
                for query in head * configuration.headsPerKey..<(head + 1) * configuration.headsPerKey {
                    attendBackward(
                        room, n: n, visible: visible, count,
                        queries: rows.attention + first * width + query * size,
                        dOut: dAttended + first * configuration.queryWidth + query * size,
                        dQueries: dAttention + first * width + query * size)
                }
            }
            for (place, row) in [prefix, own].joined().enumerated() {
                set.add(room.dKeys + place * size, dAttention + row * width + keyOffset, size)
                set.add(room.dValues + place * size, dAttention + row * width + valueOffset, size)
            }
        }
    }

    /// The rows of one head: `dQueries`, and what they add to the gradients of keys and values.
    private func attendBackward(
        _ room: AttentionBackwardRoom, n: Int, visible: Int, _ m: Int, queries: UnsafePointer<Float>,
        dOut: UnsafePointer<Float>, dQueries: UnsafeMutablePointer<Float>
    ) {
        let set = kernels.table
        let size = configuration.headSize
        let width = configuration.attentionWidth
        let outWidth = configuration.queryWidth
        let seen = visible + m - 1
        let scale = 1 / Float(size).squareRoot()

        set.pack_a(queries, width, 1, m, size, room.operand)
        set.multiply(room.operand, size, 0, room.keyColumns, room.scores, seen, m, seen, size, CPOLICY_SETS)
        set.pack_a(dOut, outWidth, 1, m, size, room.operand)
        set.multiply(room.operand, size, 0, room.valueColumns, room.dScores, seen, m, seen, size, CPOLICY_SETS)
        for row in 0..<m {
            let line = room.scores + row * seen
            set.softmax(line, visible + row, scale)
            (line + visible + row).update(repeating: 0, count: m - 1 - row)
        }

        // dV += Pᵀ dOut
        set.pack_a(room.scores, 1, seen, seen, m, room.operand)
        set.pack_b(dOut, outWidth, 1, m, size, room.columns)
        set.multiply(room.operand, m, 0, room.columns, room.dValues, size, seen, size, m, CPOLICY_ADDS)

        for row in 0..<m { set.softmax_backward(room.scores + row * seen, room.dScores + row * seen, seen, scale) }

        // dK += dSᵀ Q
        set.pack_a(room.dScores, 1, seen, seen, m, room.operand)
        set.pack_b(queries, width, 1, m, size, room.columns)
        set.multiply(room.operand, m, 0, room.columns, room.dKeys, size, seen, size, m, CPOLICY_ADDS)

        // dQ = dS K
        set.pack_a(room.dScores, seen, 1, m, seen, room.operand)
        for column in stride(from: 0, to: size, by: Kernels.columns) {
            set.multiply(
                room.operand, seen, 0, room.keyRows + column * n, dQueries + column, width, m,
                min(Kernels.columns, size - column), seen, CPOLICY_SETS)
        }
    }
}
