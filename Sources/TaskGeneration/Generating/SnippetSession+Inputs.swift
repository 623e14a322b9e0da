import LanguagePlugins
import Tasks

extension SnippetSession {
    /// Collects the inputs of the snippet: those that came with it, those that stand in it, and where it has functions that
    /// nobody calls, some that are tried.
    mutating func findInputs() async throws(PluginError) {
        let canCall = plugin.manifest.callStatement != nil
        for input in GivenInputs.inputs(of: snippet) where input.call == nil || canCall { pool.add(input) }
        if canCall {
            for call in analysis.calls { pool.add(ProgramInput(call: call)) }
            if pool[.function].isEmpty { try await tryCalls() }
        }
        if pool[.stdin].isEmpty, analysis.readsInput == true { try await tryTexts() }
        // What only defines prints nothing by itself; running it would be in vain.
        if pool[.stdin].isEmpty, analysis.acts != false || pool[.function].isEmpty { pool.add(ProgramInput()) }
    }

    /// Calls functions with values of their parameters' types, and keeps a call that tells something new.
    private mutating func tryCalls() async throws(PluginError) {
        var draws = inputDraws("calls")
        let maker = ArgumentMaker(
            literals: analysis.literals, style: ArgumentMaker.Style(keywords: plugin.manifest.syntax.keywords))
        var proposals: [ProgramInput] = []
        for function in draws.shuffled(analysis.functions).prefix(2) {
            for call in maker.calls(of: function, count: 4, draws: &draws) {
                let input = ProgramInput(call: call)
                if CallText.arguments(of: call) != nil, !proposals.contains(input) { proposals.append(input) }
            }
        }
        try await keepTelling(proposals)
    }

    /// Gives texts of usual shapes to a program that reads and came with nothing to read.
    private mutating func tryTexts() async throws(PluginError) {
        var draws = inputDraws("texts")
        let texts = [
            "3\n", "5\n1 2 3 4 5\n", "hello\n", "1 2\n3 4\n", "10\n20\n30\n", "2\nab\ncd\n", "abc def\n", "7 3\n",
        ]
        try await keepTelling(draws.shuffled(texts).prefix(6).map { ProgramInput(stdin: Array($0.utf8)) })
    }

    /// Runs proposals and keeps those that print what none before printed, and one that fails.
    private mutating func keepTelling(_ proposals: [ProgramInput]) async throws(PluginError) {
        guard !proposals.isEmpty else { return }
        var seen: Set<[UInt8]> = []
        var hasFailure = false
        for (input, observation) in zip(proposals, try await glances(at: snippet.code, on: proposals)) {
            guard let record = observation.usual else { continue }
            switch record.verdict {
            case .accepted where seen.insert(record.stdout).inserted: pool.add(input)
            case .runtimeError where !hasFailure:
                hasFailure = true
                pool.add(input)
            default: break
            }
        }
    }

    /// The draws of what belongs to the snippet as a whole.
    private func inputDraws(_ name: String) -> Draws {
        Draws(seed: options.seed, epoch: options.epoch, snippet: fingerprint, index: -1).named(name)
    }
}
