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
        // In turn, in a drawn order: drawn anew for each task, many would be what another task has already.
        var orderDraws = snippetDraws("order of inputs")
        let known = orderDraws.shuffled(forms.flatMap { form in pool[form].map { (form, $0) } })
        var failure = Drop(.noInput)
        var tried: Set<ExecutionForm> = []
        for place in known.indices {
            let (form, input) = known[(index + place) % known.count]
            // A library prints nothing by itself and can still be called.
            guard tried.insert(form).inserted else { continue }
            do {
                return try await program(
                    for: kind, form, changed(input, form, draws), draws, mayFail: mayFail, mayBreak: mayBreak)
            } catch let drop as Drop {
                failure = drop
            }
        }
        throw failure
    }

    private mutating func program(
        for kind: TaskKind, _ form: ExecutionForm, _ input: ProgramInput, _ draws: Draws, mayFail: Bool, mayBreak: Bool
    ) async throws -> TaskDraft {
        try await checkThatItRuns(on: input)
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
            // What does not compile is not what was meant; an error that was meant is made on purpose.
            let isProgram = try await glances(at: code, on: [input]).first.map { $0.verdict != .compileError } ?? false
            if isProgram, let truth = try? await truth(of: code, on: input), mayFail || !truth.isFailure {
                return draft(kind, code, form, input, truth, preserving.kinds + changing.kinds)
            }
            outcome.counts.undone += 1
        }
        let code = apply(preserving, Augmenter.Choice()) ?? snippet.code
        let truth = try await truth(of: code, on: input)
        return draft(kind, code, form, input, truth, code == snippet.code ? [] : preserving.kinds)
    }

    /// Passes when the snippet as it stands gives a run that could be a truth; changing anything else would be in vain.
    private mutating func checkThatItRuns(on input: ProgramInput) async throws {
        guard let seen = try await glances(at: snippet.code, on: [input]).first else { throw Drop(.sandbox) }
        if seen.verdict == .compileError {
            // Mostly a part of something larger: what it lacks is no error of its own.
            if !options.truth.keepsCompileErrors { throw Drop(.compileError) }
        } else if let reason = TruthFinder.reason(for: seen.verdict) {
            throw Drop(reason)
        } else if ErrorTypes(plugin.manifest.syntax).isMissingModule(seen) {
            throw Drop(.missingModule)
        }
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
        let errors = ErrorTypes(plugin.manifest.syntax)
        let kinds = EditKind.allCases.filter {
            $0.effect == .corrupting && augmenter.possibleKinds.contains($0) && errors.isPossible($0)
        }
        var kindDraws = draws.named("error kind")
        guard let place = kindDraws.weighted(kinds.map { options.augmentation.errorMix[$0] ?? 0 }) else { return nil }
        let wanted = kinds[place]
        for choice in augmenter.corruptions(of: wanted, from: draws, limit: 4) {
            guard let code = apply(choice, Augmenter.Choice()),
                let seen = try await glances(at: code, on: [input]).first,
                errors.fits(seen, wanted),
                let truth = try? await truth(of: code, on: input), truth.isFailure
            else { continue }
            return draft(kind, code, form, input, truth, [wanted])
        }
        return nil
    }

    /// An input with its characters or arguments changed as the draws say.
    private func changed(_ input: ProgramInput, _ form: ExecutionForm, _ draws: Draws) -> ProgramInput {
        var changeDraws = draws.named("input change")
        let chance = form == .function ? options.augmentation.arguments : options.augmentation.stdinCharacters
        guard form != .noInput, changeDraws.happens(chance) else { return input }
        return InputMutation.mutated(input, draws: &changeDraws) ?? input
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
