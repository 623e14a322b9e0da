import CPolicyKernels

/// Draws a token from a row of logits.
struct TokenDraw {
    let kernels: Kernels
    let parameters: SamplingParameters
    let vocabulary: Int

    /// Floats of scratch that a draw needs.
    var scratchCount: Int { vocabulary + (vocabulary + 255) / 256 }

    /// Draws with a number from 0 to below 1.
    func draw(
        _ logits: UnsafePointer<Float>, _ number: Float, scratch: UnsafeMutablePointer<Float>
    ) -> (token: Int32, logProbability: Float) {
        let isGreedy = parameters.temperature == 0
        let scale = isGreedy ? 1 : 1 / parameters.temperature
        let summary = kernels.table.summarize(logits, vocabulary, scale)
        let token =
            isGreedy ? kernels.table.argmax(logits, vocabulary) : draw(logits, scale, summary.log_sum, number, scratch)
        return (Int32(token), logits[token] * scale - summary.log_sum)
    }

    /// The number of a completion's draw for a place in it: a function of seed, completion and place alone.
    static func number(seed: UInt64, completion: Int, place: Int) -> Float {
        let stream = RandomSource.mix(RandomSource.mix(seed) &+ UInt64(completion) &* 0xD1B5_4A32_D192_ED03)
        return Float(RandomSource.mix(stream &+ UInt64(place) &* 0x9E37_79B9_7F4A_7C15) >> 40) * 0x1p-24
    }

    private func draw(
        _ logits: UnsafePointer<Float>, _ scale: Float, _ logSum: Float, _ number: Float,
        _ scratch: UnsafeMutablePointer<Float>
    ) -> Int {
        let sums = scratch + vocabulary
        kernels.table.probabilities(logits, scratch, sums, vocabulary, scale, logSum)
        if parameters.topK > 0 || parameters.topP < 1 { return drawFromLikeliest(scratch, number) }
        let pieces = (vocabulary + 255) / 256
        var total: Float = 0
        for piece in 0..<pieces { total += sums[piece] }
        var left = number * total
        var piece = 0
        while piece < pieces - 1, left >= sums[piece] {
            left -= sums[piece]
            piece += 1
        }
        var last: Int?
        for token in piece * 256..<min(vocabulary, piece * 256 + 256) where scratch[token] > 0 {
            left -= scratch[token]
            last = token
            if left < 0 { break }
        }
        return last ?? kernels.table.argmax(scratch, vocabulary)
    }

    /// Draws from the tokens that top-k and top-p leave; of equal tokens the first ones stay.
    private func drawFromLikeliest(_ probabilities: UnsafePointer<Float>, _ number: Float) -> Int {
        // Tokens below this cannot be among those whose sum is looked for: all of them together miss less.
        let least = parameters.topP < 1 && parameters.topK == 0 ? (1 - parameters.topP) / Float(vocabulary) : 0
        var tokens = (0..<vocabulary).filter { probabilities[$0] >= least }
        func isLikelier(_ a: Int, _ b: Int) -> Bool {
            probabilities[a] != probabilities[b] ? probabilities[a] > probabilities[b] : a < b
        }
        if parameters.topK > 0, parameters.topK < tokens.count {
            // Most of a large vocabulary need not be put in order.
            let bound = [1e-3, 1e-5, 1e-7].first { share in
                tokens.count { probabilities[$0] >= share } >= parameters.topK
            }
            tokens = Array(
                tokens.filter { probabilities[$0] >= bound ?? least }.sorted(by: isLikelier).prefix(parameters.topK))
        } else {
            tokens.sort(by: isLikelier)
        }
        var mass: Float = 0
        for token in tokens { mass += probabilities[token] }
        if parameters.topP < 1 {
            var sum: Float = 0
            let wanted = parameters.topK > 0 ? parameters.topP * mass : parameters.topP
            let count = tokens.firstIndex { token in
                sum += probabilities[token]
                return sum >= wanted
            }
            if let count {
                tokens = Array(tokens[...count])
                mass = sum
            }
        }
        var left = number * mass
        for token in tokens {
            left -= probabilities[token]
            if left < 0 { return token }
        }
        return tokens.last ?? 0
    }
}
