import LanguagePlugins
import Tasks

extension SnippetSession {
    /// A program that works, one edit that breaks it, and tests: the shown input, and hidden ones on which it prints
    /// something else.
    mutating func repair(_ draws: Draws) async throws -> TaskDraft {
        var draft = try await program(for: .repair, draws, forms: pool.forms, mayFail: false, mayBreak: false)
        let code = draft.task.program
        guard let truth = draft.task.truth, !truth.isFailure else { throw Drop(.noCorruption) }
        let proposals = HiddenInputs(analysis: analysis, code: code, shown: draft.input)
        let hidden = try await telling(
            proposals.known(pool[draft.form], draws: snippetDraws("hidden inputs")), of: code, apartFrom: truth,
            limit: 6, areTold: true
        ).filter { !$0.1.isFailure }
        // A program that reads nothing is mended by printing what it should print.
        if hidden.isEmpty { throw Drop(.nothingHidden) }
        guard let (broken, brokenTruth, kind) = try await breaking(code, on: draft.input, truth: truth, draws) else {
            throw Drop(.noCorruption)
        }
        draft.task.program = broken
        draft.task.truth = brokenTruth
        draft.task.tests = ([(draft.input, truth)] + hidden).enumerated().map { index, pair in
            TestCase(
                name: index == 0 ? "shown" : "hidden \(index)", input: pair.0, expected: pair.1.stdout,
                isHidden: index > 0)
        }
        draft.edits.append(kind)
        return draft
    }

    /// The program with an edit that makes it fail, or print something else; nil when none does.
    private mutating func breaking(
        _ code: String, on input: ProgramInput, truth: Truth, _ draws: Draws
    ) async throws -> (String, Truth, EditKind)? {
        let analysis = code == snippet.code ? analysis : await generator.office.analysis(of: code, plugin: plugin)
        let augmenter = Augmenter(analysis: analysis, options: options.augmentation)
        let kinds = EditKind.allCases.filter { $0.effect != .preserving && augmenter.possibleKinds.contains($0) }
        var kindDraws = draws.named("break")
        for kind in kindDraws.shuffled(kinds).prefix(4) {
            for choice in augmenter.corruptions(of: kind, from: draws, limit: 2) {
                guard let bytes = TextEdit.apply(choice.edits, to: Array(code.utf8)),
                    let broken = String(validating: bytes, as: UTF8.self),
                    let seen = try await glances(at: broken, on: [input]).first, !Self.does(seen, truth),
                    let found = try? await self.truth(of: broken, on: input),
                    found.isFailure || Comparator.trimmed.matches(actual: found.stdout, expected: truth.stdout) == false
                else { continue }
                return (broken, found, kind)
            }
        }
        return nil
    }
}
