import CPolicyKernels

/// Attention of some rows of queries of one head to blocks of keys and values.
///
/// A row's result does not depend on the other rows, nor on how its keys are cut into blocks: a decoded token gets the
/// bits that it gets in a forward pass over the whole sequence.
struct AttentionRows {
    let kernels: Kernels
    let shape: AttentionShape

    /// Rows that are done at a time in a forward or backward pass.
    static let height = 64

    /// Floats of scratch for m rows that see up to n tokens.
    func scratchCount(_ m: Int, _ n: Int) -> Int { m * shape.headSize + m * (n + 64) * 2 }

    /// Fills `out` with softmax(q kᵀ / √D) v.
    ///
    /// - Parameters:
    ///   - visible: Tokens that the first row sees; each further one sees `step` more.
    ///   - scratch: Room for `scratchCount`.
    func attend(
        _ queries: UnsafePointer<Float>, stride: Int, _ m: Int, visible: Int, step: Int, _ blocks: [KeyValueBlock],
        into out: UnsafeMutablePointer<Float>, outStride: Int, scratch: UnsafeMutablePointer<Float>
    ) {
        let set = kernels.table
        let size = shape.headSize
        let n = visible + (m - 1) * step
        let stride32 = n + AttentionShape.blockTokens
        let operand = scratch
        let scores = operand + m * size
        let packedScores = scores + m * stride32
        set.pack_a(queries, stride, 1, m, size, operand)
        var offset = 0
        for block in blocks where offset < n {
            // Columns behind the last token of a block are what the next one writes over.
            set.multiply(
                operand, size, 0, block.start, scores + offset, stride32, m, AttentionShape.blockTokens, size,
                CPOLICY_SETS)
            offset += block.count
        }
        let scale = 1 / Float(size).squareRoot()
        for row in 0..<m {
            let seen = visible + row * step
            let line = scores + row * stride32
            set.softmax(line, seen, scale)
            (line + seen).update(repeating: 0, count: n - seen)
        }
        set.pack_a(scores, stride32, 1, m, n, packedScores)
        offset = 0
        for block in blocks where offset < n {
            let depth = min(block.count, n - offset)
            for panel in 0..<shape.valuePanels {
                let column = panel * Kernels.columns
                set.multiply(
                    packedScores, n, offset, block.start + shape.keyCount + panel * shape.valuePanelCount, out + column,
                    outStride, m, min(Kernels.columns, size - column), depth,
                    offset > 0 ? CPOLICY_CONTINUES : CPOLICY_SETS)
            }
            offset += block.count
        }
    }
}
