/// A completion that is being written.
final class OpenCompletion {
    let prompt: Int
    let completion: Int
    let seed: UInt64
    /// Keys and values of the prompt, which all its completions share.
    let prefix: KeyValueSpan
    let own: KeyValueSpan
    private(set) var tokens: [Int32] = []
    private(set) var logProbabilities: [Float] = []

    init(prompt: Int, completion: Int, seed: UInt64, prefix: KeyValueSpan, pool: KeyValuePool) {
        self.prompt = prompt
        self.completion = completion
        self.seed = seed
        self.prefix = prefix
        own = KeyValueSpan(pool)
    }

    /// Position of the last token, whose successor comes next.
    var position: Int { prefix.count + tokens.count - 1 }

    /// The number of the draw for the next token.
    var nextNumber: Float { TokenDraw.number(seed: seed, completion: completion, place: tokens.count) }

    func append(_ token: Int32, _ logProbability: Float) {
        tokens.append(token)
        logProbabilities.append(logProbability)
    }

    /// Why the completion is at its end; nil where it goes on.
    func finish(_ parameters: SamplingParameters) -> SampledCompletion.Finish? {
        if let last = tokens.last, parameters.stopTokens.contains(last) { return .stop }
        return tokens.count >= parameters.maximumTokens ? .length : nil
    }

    func result(_ finish: SampledCompletion.Finish) -> SampledCompletion {
        SampledCompletion(tokens: tokens, logProbabilities: logProbabilities, finish: finish)
    }
}
