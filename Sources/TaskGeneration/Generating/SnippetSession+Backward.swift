import LanguagePlugins
import Tasks

extension SnippetSession {
    /// A program with lines taken out that matter, and inputs that the prompt does not show.
    ///
    /// The answer that prints what is shown and leaves must earn nothing. So there is always an input on which the program
    /// prints something else than what is shown: another known one, or the shown one with a number of the program made
    /// another. And a line whose absence changes nothing on any of them is not worth asking for.
    mutating func backward(_ draws: Draws) async throws -> TaskDraft {
        var draft = try await program(for: .backward, draws, forms: pool.forms)
        let code = draft.task.program
        guard let truth = draft.task.truth else { throw Drop(.sandbox) }
        let analysis = code == snippet.code ? analysis : await generator.office.analysis(of: code, plugin: plugin)
        let proposals = HiddenInputs(analysis: analysis, code: code, shown: draft.input)
        var hidden = try await telling(
            proposals.known(pool[draft.form], draws: snippetDraws("hidden inputs")), of: code, apartFrom: truth,
            limit: 6)
        var maskDraws = draws.named("mask")
        let lines = maskDraws.shuffled(analysis.maskableLines)
        let count = 1 + maskDraws.below(max(1, min(options.maskedLines, lines.count)))
        for attempt in 0..<3 where (attempt + 1) * count <= lines.count {
            let masked = lines[(attempt * count)..<((attempt + 1) * count)].sorted()
            if hidden.isEmpty {
                hidden = try await telling(
                    proposals.edited(masked: masked, draws: snippetDraws("hidden edits")), of: code, apartFrom: truth,
                    limit: 4)
                if hidden.isEmpty { throw Drop(.nothingHidden) }
            }
            let usable = hidden.filter { input in !input.0.edits.contains { masked.contains($0.index) } }
            guard !usable.isEmpty else { continue }
            if try await matters(masked, in: code, shown: (draft.input, truth), hidden: usable) {
                draft.task.maskedLines = LineMask.lines(masked, of: code)
                draft.task.hiddenInputs = usable.map(\.0)
                return draft
            }
            outcome.counts.idleMasks += 1
        }
        throw Drop(.noMask)
    }

    /// The first inputs, of those proposed, on which a program prints something else than on the shown one.
    ///
    /// No more are run than are still wanted, and only those that print something else are run twice.
    ///
    /// - Parameters:
    ///   - wanted: How many are enough; nil wants as many as a task may hide.
    ///   - areTold: Whether the task tells what the program prints on them.
    mutating func telling(
        _ proposals: [ProgramInput], of code: String, apartFrom shown: Truth, limit: Int, wanted: Int? = nil,
        areTold: Bool = false
    ) async throws -> [(ProgramInput, Truth)] {
        let wanted = wanted ?? options.hiddenInputs
        var untried = proposals.prefix(limit)
        var telling: [(ProgramInput, Truth)] = []
        while telling.count < wanted, !untried.isEmpty {
            let tried = Array(untried.prefix(wanted - telling.count))
            untried = untried.dropFirst(tried.count)
            let differing = zip(tried, try await glances(at: code, on: tried)).filter { _, seen in
                seen.usual.map { Comparator.trimmed.matches(actual: $0.stdoutText, expected: shown.stdout) == false }
                    ?? false
            }.map(\.0)
            let found =
                try await areTold
                ? truths(of: code, on: differing).map { try? $0.get() } : unshownTruths(of: code, on: differing)
            for (input, truth) in zip(differing, found) { if let truth { telling.append((input, truth)) } }
        }
        return telling
    }

    /// Whether each of the lines, taken out alone, changes what the program does on the shown input or on a hidden one.
    private mutating func matters(
        _ masked: [Int], in code: String, shown: (ProgramInput, Truth), hidden: [(ProgramInput, Truth)]
    ) async throws -> Bool {
        for line in masked {
            let without = LineEdit.apply([LineEdit(index: line, line: "")], to: code)
            var isIdle = true
            for (input, truth) in [shown] + hidden where isIdle {
                let seen = try await glances(at: without, on: [input]).first
                isIdle = seen.map { Self.does($0, truth) } ?? false
            }
            if isIdle { return false }
        }
        return true
    }

    /// Whether a run did what a truth says, by what a judge looks at.
    static func does(_ seen: ProgramObservation, _ truth: Truth) -> Bool {
        guard let record = seen.usual, (record.verdict == .accepted) == !truth.isFailure else { return false }
        return record.stdoutText == truth.stdout && record.failure?.type == truth.failure?.type
    }
}
