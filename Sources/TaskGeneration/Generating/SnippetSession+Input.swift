import LanguagePlugins
import Tasks

extension SnippetSession {
    /// A program with what it did, and the input to be found; one that does the same whatever it is given asks for nothing.
    mutating func inputTask(_ draws: Draws) async throws -> TaskDraft {
        let forms = pool.forms.filter { $0 != .noInput }
        guard !forms.isEmpty else { throw Drop(.noInput) }
        let draft = try await program(for: .input, draws, forms: forms, mayBreak: false)
        guard let truth = draft.task.truth else { throw Drop(.sandbox) }
        // What is to be found must be something that the judge accepts: literals for a call.
        if let call = draft.input.call, CallText.arguments(of: call) == nil { throw Drop(.noInput) }
        let proposals = HiddenInputs(analysis: analysis, code: draft.task.program, shown: draft.input)
            .known(pool[draft.form], draws: snippetDraws("hidden inputs"))
        let others = try await telling(proposals, of: draft.task.program, apartFrom: truth, limit: 4, wanted: 1)
        if others.isEmpty { throw Drop(.noInput) }
        if draft.form == .stdin, let blank = try await glances(at: draft.task.program, on: [ProgramInput()]).first,
            Self.does(blank, truth)
        {
            throw Drop(.noInput)
        }
        return draft
    }
}
