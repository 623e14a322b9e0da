import LanguagePlugins
import Tasks

extension SnippetSession {
    /// Collects the inputs of the snippet: those that came with it, those that stand in it, and where it has functions that
    /// nobody calls, some that are tried.
    mutating func findInputs() async throws(PluginError) {
        let canCall = plugin.manifest.callStatement != nil
        for input in GivenInputs.inputs(of: snippet) where input.call == nil || canCall {
            pool.add(input)
            ownInputs.insert(input)
        }
        if canCall {
            ownInputs.formUnion(analysis.calls.map { ProgramInput(call: $0) })
            try await keepTelling(
                analysis.calls.map { ProgramInput(call: $0) }, wanted: max(3, wantedInputs), form: .function,
                beside: withoutCall)
            if pool[.function].isEmpty { try await tryCalls() }
        }
        if pool[.stdin].isEmpty, analysis.readsInput == true { try await tryTexts() }
        // What only defines prints nothing by itself; running it would be in vain.
        if pool[.stdin].isEmpty, analysis.acts != false || pool[.function].isEmpty { pool.add(ProgramInput()) }
        for form in [ExecutionForm.function, .stdin] where !pool[form].isEmpty { try await tryOthers(like: form) }
    }

    /// Calls functions with values of their parameters' types, and keeps a call that tells something new.
    private mutating func tryCalls() async throws(PluginError) {
        var draws = snippetDraws("calls")
        let maker = ArgumentMaker(
            literals: analysis.literals, style: ArgumentMaker.Style(plugin.manifest.syntax))
        var proposals: [ProgramInput] = []
        for function in draws.shuffled(analysis.functions).prefix(2) {
            for call in maker.calls(of: function, count: 4, draws: &draws) {
                let input = ProgramInput(call: call)
                if CallText.arguments(of: call) != nil, !proposals.contains(input) { proposals.append(input) }
            }
        }
        try await keepTelling(proposals, wanted: max(3, wantedInputs), form: .function, beside: withoutCall)
    }

    /// What a call is compared with: one behind a program that has failed by then tells nothing.
    private var withoutCall: [ProgramInput] { analysis.acts == false ? [] : [ProgramInput()] }

    /// Gives texts of usual shapes to a program that reads and came with nothing to read.
    private mutating func tryTexts() async throws(PluginError) {
        var draws = snippetDraws("texts")
        let texts = [
            "3\n", "5\n1 2 3 4 5\n", "hello\n", "1 2\n3 4\n", "10\n20\n30\n", "2\nab\ncd\n", "abc def\n", "7 3\n",
        ]
        try await keepTelling(
            draws.shuffled(texts).prefix(6).map { ProgramInput(stdin: Array($0.utf8)) }, wanted: max(3, wantedInputs),
            form: .stdin, beside: [ProgramInput()])
    }

    /// Where more tasks are wanted than there are inputs, tries inputs made of those that there are.
    private mutating func tryOthers(like form: ExecutionForm) async throws(PluginError) {
        let known = pool[form]
        let missing = wantedInputs - known.count
        guard missing > 0 else { return }
        var draws = snippetDraws("others \(form.rawValue)")
        var proposals: [ProgramInput] = []
        for _ in 0..<(4 * missing) {
            guard let one = draws.pick(known), let other = InputMutation.mutated(one, draws: &draws),
                !known.contains(other), !proposals.contains(other)
            else { continue }
            proposals.append(other)
            if proposals.count == 2 * missing { break }
        }
        try await keepTelling(proposals, wanted: wantedInputs, form: form, beside: known)
    }

    /// How many inputs of a form are worth looking for.
    private var wantedInputs: Int { min(options.tasksPerSnippet, 8) }

    /// Runs proposals until there are as many inputs of a form as are wanted, and keeps those that print, or fail with,
    /// what none before did.
    private mutating func keepTelling(
        _ proposals: [ProgramInput], wanted: Int, form: ExecutionForm, beside known: [ProgramInput] = []
    ) async throws(PluginError) {
        let errors = ErrorTypes(plugin.manifest.syntax)
        var seen = Set(try await glances(at: snippet.code, on: known).compactMap(Self.effect))
        var untried = proposals[...]
        while pool[form].count < wanted, !untried.isEmpty {
            let tried = Array(untried.prefix(wanted - pool[form].count))
            untried = untried.dropFirst(tried.count)
            for (input, observation) in zip(tried, try await glances(at: snippet.code, on: tried)) {
                // A call that the language cannot read is no input.
                guard let effect = Self.effect(of: observation), !errors.fits(observation, .syntaxError),
                    seen.insert(effect).inserted
                else { continue }
                pool.add(input)
            }
        }
    }

    /// What tells one run from another; nil for a run that met a limit.
    private static func effect(of observation: ProgramObservation) -> [UInt8]? {
        guard let record = observation.usual else { return nil }
        switch record.verdict {
        case .accepted: return record.stdout
        // Where it failed with other values tells nothing new; that it failed otherwise does.
        case .runtimeError: return [0] + Array("\(record.failure?.type ?? "") \(record.failure?.line ?? 0)".utf8)
        default: return nil
        }
    }
}
