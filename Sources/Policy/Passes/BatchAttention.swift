/// Attention within the sequences of a batch: causal, and completions of a group see their prompt.
struct BatchAttention {
    let configuration: ModelConfiguration
    let kernels: Kernels
    let batch: TokenBatch

    private var shape: AttentionShape { AttentionShape(configuration) }

    /// Fills `attended`; where blocks are wanted, those of the first segment of each tree go where the caller says.
    ///
    /// - Parameter place: Takes tree, head and block, and says where the block of keys and values is to be kept.
    func attend(
        _ worker: Worker, _ rows: Activations.Layer, place: ((Int, Int, Int) -> UnsafeMutablePointer<Float>)? = nil
    ) {
        let heads = configuration.keyValueHeadCount
        worker.share(batch.trees.count * heads) { item in
            attend(worker, rows, tree: item / heads, head: item % heads, place: place)
        }
    }

    private func attend(
        _ worker: Worker, _ rows: Activations.Layer, tree: Int, head: Int,
        place: ((Int, Int, Int) -> UnsafeMutablePointer<Float>)?
    ) {
        let shape = shape
        let attention = AttentionRows(kernels: kernels, shape: shape)
        let width = configuration.attentionWidth
        let size = configuration.headSize
        let tokens = AttentionShape.blockTokens
        let segments = batch.segments[batch.trees[tree]]
        let blockCount = segments.reduce(0) { $0 + ($1.rows.count + tokens - 1) / tokens }
        let longest = segments.reduce(0) { max($0, $1.rows.count + batch.prefixCount(of: $1)) }
        let scratch = worker.scratch(
            blockCount * shape.blockCount + attention.scratchCount(min(AttentionRows.height, longest), longest))
        let work = scratch + blockCount * shape.blockCount
        let keys = rows.attention + configuration.queryWidth + head * size
        let values = keys + configuration.keyValueWidth

        var next = scratch
        var prefix: [KeyValueBlock] = []
        for (number, segment) in segments.enumerated() {
            var blocks = segment.prefix == nil ? [] : prefix
            for (block, first) in stride(from: segment.rows.lowerBound, to: segment.rows.upperBound, by: tokens)
                .enumerated()
            {
                let count = min(tokens, segment.rows.upperBound - first)
                let kept = number == 0 ? place?(tree, head, block) : nil
                blocks.append(
                    .pack(
                        kernels, shape, keys: keys + first * width, values: values + first * width, stride: width,
                        count: count, into: kept ?? next))
                next += shape.blockCount
            }
            if segment.prefix == nil { prefix = blocks }
            let before = batch.prefixCount(of: segment)
            for first in stride(from: segment.rows.lowerBound, to: segment.rows.upperBound, by: AttentionRows.height) {
                let count = min(AttentionRows.height, segment.rows.upperBound - first)
                for query in head * configuration.headsPerKey..<(head + 1) * configuration.headsPerKey {
                    attention.attend(
                        rows.attention + first * width + query * size, stride: width, count,
                        visible: before + first - segment.rows.lowerBound + 1, step: 1, blocks,
                        into: rows.attended + first * configuration.queryWidth + query * size,
                        outStride: configuration.queryWidth, scratch: work)
                }
            }
        }
    }
}
