import CPolicyKernels

/// Keys and values of up to 32 tokens in a row, of one head, packed as right operands of products.
struct KeyValueBlock {
    /// Keys, and behind them the values.
    let start: UnsafeMutablePointer<Float>
    var count: Int

    /// Packs rows of keys and values.
    static func pack(
        _ kernels: Kernels, _ shape: AttentionShape, keys: UnsafePointer<Float>, values: UnsafePointer<Float>,
        stride: Int,
        count: Int, into start: UnsafeMutablePointer<Float>
    ) -> KeyValueBlock {
        kernels.table.pack_b(keys, 1, stride, shape.headSize, count, start)
        for panel in 0..<shape.valuePanels {
            let column = panel * Kernels.columns
            kernels.table.pack_b(
                values + column, stride, 1, count, min(Kernels.columns, shape.headSize - column),
                start + shape.keyCount + panel * shape.valuePanelCount)
        }
        return KeyValueBlock(start: start, count: count)
    }

    /// Adds a token; there is room for it.
    mutating func append(_ shape: AttentionShape, key: UnsafePointer<Float>, value: UnsafePointer<Float>) {
        let columns = Kernels.columns
        for place in 0..<shape.headSize { start[place * columns + count] = key[place] }
        let values = start + shape.keyCount + count * columns
        for place in 0..<shape.headSize {
            values[place / columns * shape.valuePanelCount + place % columns] = value[place]
        }
        count += 1
    }
}
