/// Attention of the last token of each completion to all that came before it.
struct CachedAttention {
    let configuration: ModelConfiguration
    let kernels: Kernels
    let completions: [OpenCompletion]

    /// Keeps the keys and values of the rows, and fills `attended`.
    func attend(_ worker: Worker, _ rows: Activations.Layer, layer: Int) {
        let heads = configuration.keyValueHeadCount
        let shape = AttentionShape(configuration)
        let attention = AttentionRows(kernels: kernels, shape: shape)
        let queries = configuration.headsPerKey
        let longest = completions.reduce(0) { max($0, $1.position + 1) }
        let scratch = worker.scratch(attention.scratchCount(queries, longest))
        let size = configuration.headSize
        worker.share(completions.count * heads) { item in
            let (row, head) = (item / heads, item % heads)
            let completion = completions[row]
            let line = rows.attention + row * configuration.attentionWidth
            let key = line + configuration.queryWidth + head * size
            let own = completion.own
            var last = KeyValueBlock(
                start: own.start(layer: layer, head: head, block: own.count / AttentionShape.blockTokens),
                count: own.count % AttentionShape.blockTokens)
            last.append(shape, key: key, value: key + configuration.keyValueWidth)
            var blocks: [KeyValueBlock] = []
            completion.prefix.append(to: &blocks, layer: layer, head: head, count: completion.prefix.count)
            own.append(to: &blocks, layer: layer, head: head, count: own.count + 1)
            attention.attend(
                line + head * queries * size, stride: size, queries, visible: completion.position + 1, step: 0, blocks,
                into: rows.attended + row * configuration.queryWidth + head * queries * size, outStride: size,
                scratch: scratch)
        }
    }
}
