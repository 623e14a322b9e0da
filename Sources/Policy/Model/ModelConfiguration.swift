/// The shape of a Llama-style decoder; with biases and settings of its own, Qwen 2 is one as well.
public struct ModelConfiguration: Sendable, Hashable {
    /// Tokens that there are (V).
    public var vocabularySize: Int
    /// Width of the residual stream (C).
    public var hiddenSize: Int
    /// Blocks of attention and feed-forward (L).
    public var layerCount: Int
    /// Heads that ask (H).
    public var headCount: Int
    /// Heads that are asked; each serves the same number of those that ask.
    public var keyValueHeadCount: Int
    /// Width of a head (D), an even number.
    public var headSize: Int
    /// Width of the feed-forward part (F).
    public var feedForwardSize: Int
    /// Tokens that a sequence may have.
    public var contextLength: Int
    /// What is added to the mean square before its root is taken; `rms_norm_eps`.
    public var normEpsilon: Float
    /// Base of the wavelengths of positions; `rope_theta`.
    public var rotaryBase: Float
    /// By how much all wavelengths are stretched; `linear` scaling.
    public var rotaryStretch: Float = 1
    /// Whether and how long wavelengths are stretched.
    public var rotaryScaling: RotaryScaling?
    /// Whether the head is the embedding; `tie_word_embeddings`.
    public var tiesHead: Bool
    /// Whether queries, keys and values have biases, as in Qwen 2.
    public var hasAttentionBiases: Bool

    /// Creates a configuration.
    public init(
        vocabularySize: Int, hiddenSize: Int, layerCount: Int, headCount: Int, keyValueHeadCount: Int, headSize: Int,
        feedForwardSize: Int, contextLength: Int, normEpsilon: Float = 1e-5, rotaryBase: Float = 10_000,
        rotaryScaling: RotaryScaling? = nil, tiesHead: Bool = true, hasAttentionBiases: Bool = false
    ) {
        self.vocabularySize = vocabularySize
        self.hiddenSize = hiddenSize
        self.layerCount = layerCount
        self.headCount = headCount
        self.keyValueHeadCount = keyValueHeadCount
        self.headSize = headSize
        self.feedForwardSize = feedForwardSize
        self.contextLength = contextLength
        self.normEpsilon = normEpsilon
        self.rotaryBase = rotaryBase
        self.rotaryScaling = rotaryScaling
        self.tiesHead = tiesHead
        self.hasAttentionBiases = hasAttentionBiases
    }

    /// A model from scratch that learns small tasks in minutes: half a million parameters besides the vocabulary.
    public static func tiny(vocabularySize: Int) -> Self {
        Self(
            vocabularySize: vocabularySize, hiddenSize: 128, layerCount: 3, headCount: 4, keyValueHeadCount: 2,
            headSize: 32,
            feedForwardSize: 320, contextLength: 1024)
    }

    /// Refuses what no model can have, so that nothing that is computed from a configuration overflows.
    public func validate() throws(PolicyError) {
        let sizes = [
            ("vocabulary size", vocabularySize, 1 << 22), ("hidden size", hiddenSize, 1 << 16),
            ("number of layers", layerCount, 1 << 10), ("number of heads", headCount, 1 << 10),
            ("number of key-value heads", keyValueHeadCount, 1 << 10), ("head size", headSize, 1 << 12),
            ("feed-forward size", feedForwardSize, 1 << 18), ("context length", contextLength, 1 << 24),
        ]
        for (name, size, limit) in sizes where size < 1 || size > limit {
            throw PolicyError("a model with a \(name) of \(size) is none: it is between 1 and \(limit)")
        }
        guard headSize % 2 == 0 else {
            throw PolicyError("a head size of \(headSize) is odd, and positions turn pairs")
        }
        guard headCount % keyValueHeadCount == 0 else {
            throw PolicyError("\(headCount) heads cannot be shared out to \(keyValueHeadCount) key-value heads")
        }
        guard normEpsilon > 0, normEpsilon < 1 else {
            throw PolicyError("a norm epsilon of \(normEpsilon) is not in 0...1")
        }
        guard rotaryBase > 1, rotaryBase.isFinite else {
            throw PolicyError("a rotary base of \(rotaryBase) is not above 1")
        }
        guard rotaryStretch > 0, rotaryStretch.isFinite else {
            throw PolicyError("positions cannot be stretched by \(rotaryStretch)")
        }
        if let scaling = rotaryScaling {
            guard scaling.factor >= 1, scaling.lowFrequencyFactor > 0, scaling.factor.isFinite,
                scaling.highFrequencyFactor > scaling.lowFrequencyFactor, scaling.originalContextLength > 0
            else { throw PolicyError("the scaling of positions makes no sense: \(scaling)") }
        }
    }
}

extension ModelConfiguration {
    /// Width of all queries of a token.
    var queryWidth: Int { headCount * headSize }
    /// Width of all keys of a token, or of all values.
    var keyValueWidth: Int { keyValueHeadCount * headSize }
    /// Width of queries, keys and values side by side.
    var attentionWidth: Int { queryWidth + 2 * keyValueWidth }
    /// Heads that ask the same key-value head.
    var headsPerKey: Int { headCount / keyValueHeadCount }
}
