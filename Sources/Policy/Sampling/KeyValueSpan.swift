/// Keys and values of tokens in a row, of all layers and heads.
final class KeyValueSpan {
    /// Tokens that are there.
    var count = 0
    private let pool: KeyValuePool
    private var pages: [FloatBuffer] = []

    init(_ pool: KeyValuePool) { self.pool = pool }

    deinit { pool.give(pages) }

    /// Makes room for tokens in all.
    func reserve(_ tokens: Int) {
        while pages.count * AttentionShape.blockTokens < tokens { pages.append(pool.take()) }
    }

    /// Where the block of a layer's head lies.
    func start(layer: Int, head: Int, block: Int) -> UnsafeMutablePointer<Float> {
        pages[block].start + pool.offset(layer: layer, head: head)
    }

    /// Adds the blocks of a layer's head to a list.
    func append(to blocks: inout [KeyValueBlock], layer: Int, head: Int, count: Int) {
        for (block, first) in stride(from: 0, to: count, by: AttentionShape.blockTokens).enumerated() {
            blocks.append(
                KeyValueBlock(
                    start: start(layer: layer, head: head, block: block),
                    count: min(AttentionShape.blockTokens, count - first)))
        }
    }
}
