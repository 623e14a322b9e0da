import Glibc
import Policy

/// A model and the clock beside it.
struct Bench {
    private static let configuration = ModelConfiguration(
        vocabularySize: 49152, hiddenSize: 576, layerCount: 30, headCount: 9, keyValueHeadCount: 3, headSize: 64,
        feedForwardSize: 1536, contextLength: 8192, normEpsilon: 1e-5, rotaryBase: 100_000)

    private let model: PolicyModel
    private let kind: String

    init(adapter: Bool, threads: Int?) throws {
        let parameters = Parameters(ParameterLayout(Self.configuration))
        parameters.randomize(seed: 1)
        model = try PolicyModel(
            Self.configuration, parameters: parameters, adapter: adapter ? AdapterConfiguration(rank: 16) : nil,
            threads: threads)
        kind = adapter ? "LoRA" : "full"
    }

    /// Tokens a second of completions of one prompt of 64 tokens, the time of the prompt taken off.
    func decode() throws {
        for precision in [SamplingParameters.Precision.float32, .int8] {
            for batch in precision == .float32 ? [1, 8, 32, 64] : [1, 8, 64] {
                let prompt = SamplingPrompt(tokens: Self.text(64, 1), completions: batch, seed: 1)
                let steps = 32
                func time(_ count: Int) throws -> Double {
                    let parameters = SamplingParameters(maximumTokens: count, batch: batch, precision: precision)
                    return try Self.time { _ = try model.sample([prompt], parameters) }
                }
                let best = try Self.best(3) { try time(steps + 1) } - Self.best(3) { try time(1) }
                let name = precision == .int8 ? "decode, batch \(batch), int8" : "decode, batch \(batch)"
                Self.report(name, Double(batch * steps) / best, "tok/s")
            }
        }
    }

    /// Tokens a second of a prompt of 512 tokens.
    func prefill() throws {
        let prompt = SamplingPrompt(tokens: Self.text(512, 1))
        let best = try Self.best(3) {
            try Self.time { _ = try model.sample([prompt], SamplingParameters(maximumTokens: 1)) }
        }
        Self.report("prefill 512", 512 / best, "tok/s")
    }

    /// Tokens a second, forward and backward, with a loss at every place.
    func train() throws {
        let groups = (0..<8).map { TokenGroup(prompt: Self.text(1, $0), completions: [Self.text(256, $0 + 50)]) }
        let gradients = groups.map { _ in [TokenGradients(logProbabilities: Array(repeating: -1e-3, count: 256))] }
        let best = try Self.best(2) {
            try Self.time { try model.accumulateGradients(of: groups, .known(gradients)) }
        }
        Self.report("forward + backward, 8 x 256", 2048 / best, "tok/s")
        let update = try Self.best(2) { try Self.time { try model.update(learningRate: 1e-6) } }
        Self.report("AdamW and packing", update, "s")
    }

    /// Seconds of a step of 8 prompts of 19 tokens with 8 completions of 64 tokens, and the memory of the process.
    func step() throws {
        var best: (all: Double, sampling: Double) = (.infinity, 0)
        for _ in 0..<2 {
            let prompts = (0..<8).map { SamplingPrompt(tokens: Self.text(19, $0), completions: 8, seed: UInt64($0)) }
            var groups: [TokenGroup] = []
            let sampling = try Self.time {
                let written = try model.sample(prompts, SamplingParameters(maximumTokens: 64))
                groups = zip(prompts, written).map { TokenGroup(prompt: $0.tokens, completions: $1.map(\.tokens)) }
            }
            let learning = try Self.time {
                let gradients = groups.map { group in
                    group.completions.enumerated().map { number, completion in
                        TokenGradients(
                            logProbabilities: Array(repeating: number % 2 == 0 ? 1e-3 : -1e-3, count: completion.count))
                    }
                }
                try model.accumulateGradients(of: groups, .known(gradients))
                try model.update(learningRate: 1e-6)
            }
            if sampling + learning < best.all { best = (sampling + learning, sampling) }
        }
        Self.report("GRPO step, \(kind)", best.all, "s")
        Self.report("of it sampling, \(kind)", best.sampling, "s")
        var usage = rusage()
        getrusage(0, &usage)
        Self.report("memory of the step, \(kind)", Double(usage.ru_maxrss) / 1e6, "GB")
    }

    private static func text(_ count: Int, _ seed: Int) -> [Int32] {
        (0..<count).map { Int32(($0 * 7919 + seed * 104_729) % 49152) }
    }

    private static func best(_ repeats: Int, _ body: () throws -> Double) rethrows -> Double {
        var best = Double.infinity
        for _ in 0..<repeats { best = min(best, try body()) }
        return best
    }

    private static func time(_ body: () throws -> Void) rethrows -> Double {
        let clock = ContinuousClock()
        let elapsed = try clock.measure(body)
        return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    }

    private static func report(_ name: String, _ value: Double, _ unit: String) {
        print("\(name)\t\((value * 100).rounded() / 100)\t\(unit)")
        fflush(nil)
    }
}
