/// Sizes of blocks of keys and values; a block has room for 32 tokens of one head.
struct AttentionShape {
    static let blockTokens = Kernels.columns

    let headSize: Int
    /// Panels of 32 columns that a head's values take.
    let valuePanels: Int

    init(_ configuration: ModelConfiguration) {
        headSize = configuration.headSize
        valuePanels = (headSize + Kernels.columns - 1) / Kernels.columns
    }

    /// Keys of a block: a packed right operand (D, 32).
    var keyCount: Int { headSize * Self.blockTokens }
    /// Values of a block: panels, each a packed right operand (32, 32).
    var valuePanelCount: Int { Self.blockTokens * Kernels.columns }
    var valueCount: Int { valuePanels * valuePanelCount }
    var blockCount: Int { keyCount + valueCount }
}
