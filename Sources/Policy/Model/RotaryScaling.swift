/// How Llama 3.1 and later stretch the wavelengths of positions beyond the context that they were first trained on.
///
/// Reference: The Llama 3 Herd of Models (arXiv:2407.21783); `rope_scaling` of type `llama3` in a `config.json`.
public struct RotaryScaling: Sendable, Hashable {
    /// By how much long wavelengths are stretched.
    public var factor: Float
    /// Wavelengths above the original context length by this are stretched in full.
    public var lowFrequencyFactor: Float
    /// Wavelengths below the original context length by this are left alone.
    public var highFrequencyFactor: Float
    /// The context that the model was first trained on, in tokens.
    public var originalContextLength: Int

    /// Creates a scaling.
    public init(factor: Float, lowFrequencyFactor: Float, highFrequencyFactor: Float, originalContextLength: Int) {
        self.factor = factor
        self.lowFrequencyFactor = lowFrequencyFactor
        self.highFrequencyFactor = highFrequencyFactor
        self.originalContextLength = originalContextLength
    }
}
