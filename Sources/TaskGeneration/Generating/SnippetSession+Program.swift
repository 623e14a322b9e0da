import LanguagePlugins
import Tasks

extension SnippetSession {
    /// A program with an input and its truth: the snippet, changed as the draws say, or as it stands where that fails.
    ///
    /// - Parameters:
    ///   - forms: The ways of running it that will do.
    ///   - mayFail: Whether a change may make it fail.
    ///   - mayBreak: Whether it may be made to fail on purpose.
    mutating func program(
        for kind: TaskKind, _ draws: Draws, forms: [ExecutionForm], mayFail: Bool = true, mayBreak: Bool = true
    ) async throws -> TaskDraft {
        var formDraws = draws.named("form")
        var failure = Drop(.noInput)
        // A library prints nothing by itself and can still be called: the forms are tried in a drawn order.
        for form in formDraws.shuffled(forms) {
            guard let input = input(of: form, draws) else { continue }
            do {
                return try await program(for: kind, form, input, draws, mayFail: mayFail, mayBreak: mayBreak)
            } catch let drop as Drop {
                failure = drop
            }
        }
        throw failure
    }

    private mutating func program(
        for kind: TaskKind, _ form: ExecutionForm, _ input: ProgramInput, _ draws: Draws, mayFail: Bool, mayBreak: Bool
    ) async throws -> TaskDraft {
        var errorDraws = draws.named("error")
        if mayBreak, errorDraws.happens(options.augmentation.errorShare),
            let draft = try await corrupted(for: kind, form, input, draws)
        {
            return draft
        }
        let augmenter = Augmenter(analysis: analysis, options: options.augmentation)
        for kind in augmenter.possibleKinds { outcome.counts.chances[kind, default: 0] += 1 }
        let preserving = try await verified(augmenter.choice(of: .preserving, from: draws), on: input)
        for attempt in 0...options.augmentation.retries {
            let changing = augmenter.choice(of: .changing, from: draws, attempt: attempt, beside: preserving)
            if changing.isEmpty { break }
            guard let code = apply(preserving, changing) else { continue }
            if let truth = try? await truth(of: code, on: input), mayFail || !truth.isFailure {
                return draft(kind, code, form, input, truth, preserving.kinds + changing.kinds)
            }
            outcome.counts.undone += 1
        }
        let code = apply(preserving, Augmenter.Choice()) ?? snippet.code
        let truth = try await truth(of: code, on: input)
        return draft(kind, code, form, input, truth, code == snippet.code ? [] : preserving.kinds)
    }

    /// The edits that are to preserve what the program does, when they do; none otherwise.
    private mutating func verified(_ choice: Augmenter.Choice, on input: ProgramInput) async throws -> Augmenter.Choice
    {
        guard !choice.isEmpty, let code = apply(choice, Augmenter.Choice()) else { return Augmenter.Choice() }
        let before = try await glances(at: snippet.code, on: [input])
        let behind = try await glances(at: code, on: [input])
        guard let old = before.first?.usual, let new = behind.first?.usual, old.verdict == new.verdict,
            old.stdout == new.stdout, old.exitCode == new.exitCode, old.failure?.type == new.failure?.type
        else {
            outcome.counts.notPreserving += 1
            return Augmenter.Choice()
        }
        return choice
    }

    /// A program that fails with an error of a drawn kind; nil when none could be made.
    private mutating func corrupted(
        for kind: TaskKind, _ form: ExecutionForm, _ input: ProgramInput, _ draws: Draws
    ) async throws -> TaskDraft? {
        let augmenter = Augmenter(analysis: analysis, options: options.augmentation)
        let kinds = EditKind.allCases.filter { $0.effect == .corrupting && augmenter.possibleKinds.contains($0) }
        var kindDraws = draws.named("error kind")
        guard let place = kindDraws.weighted(kinds.map { options.augmentation.errorMix[$0] ?? 0 }) else { return nil }
        let wanted = kinds[place]
        for choice in augmenter.corruptions(of: wanted, from: draws, limit: 4) {
            guard let code = apply(choice, Augmenter.Choice()),
                let seen = try await glances(at: code, on: [input]).first,
                ErrorTypes.fits(seen, wanted, language: plugin.manifest.name),
                let truth = try? await truth(of: code, on: input), truth.isFailure
            else { continue }
            return draft(kind, code, form, input, truth, [wanted])
        }
        return nil
    }

    /// One input of a form, with its characters or arguments changed as the draws say.
    private func input(of form: ExecutionForm, _ draws: Draws) -> ProgramInput? {
        var inputDraws = draws.named("input")
        guard let known = inputDraws.pick(pool[form]) else { return nil }
        var changeDraws = draws.named("input change")
        let chance = form == .function ? options.augmentation.arguments : options.augmentation.stdinCharacters
        guard form != .noInput, changeDraws.happens(chance) else { return known }
        return InputMutation.mutated(known, draws: &changeDraws) ?? known
    }

    private func draft(
        _ kind: TaskKind, _ code: String, _ form: ExecutionForm, _ input: ProgramInput, _ truth: Truth,
        _ edits: [EditKind]
    ) -> TaskDraft {
        let task = CodeTask(
            id: "", kind: kind, language: plugin.manifest.name, program: code,
            stdin: input.stdin.isEmpty ? nil : String(decoding: input.stdin, as: UTF8.self), call: input.call,
            truth: truth)
        return TaskDraft(task: task, form: form, edits: edits, input: input)
    }

    private func apply(_ first: Augmenter.Choice, _ second: Augmenter.Choice) -> String? {
        TextEdit.apply(first.edits + second.edits, to: Array(snippet.code.utf8))
            .flatMap { String(validating: $0, as: UTF8.self) }
    }
}
