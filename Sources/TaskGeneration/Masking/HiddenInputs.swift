import Tasks

/// Proposes inputs that a prompt does not show, for a program that is run on a shown one.
struct HiddenInputs {
    let analysis: ProgramAnalysis
    let code: String
    let shown: ProgramInput

    /// The other inputs that are known, in a drawn order, then some that were made of the shown one.
    func known(_ pool: [ProgramInput], draws: Draws) -> [ProgramInput] {
        var draws = draws
        var proposals = draws.shuffled(pool.filter { $0 != shown })
        guard shown.call != nil || !shown.stdin.isEmpty else { return proposals }
        for _ in 0..<4 {
            if let other = InputMutation.mutated(shown, draws: &draws), !proposals.contains(other) {
                proposals.append(other)
            }
        }
        return proposals
    }

    /// The shown input with a number in a line that is not masked made another; lines before the first mask come first,
    /// because what a mask works on stands there.
    func edited(masked: [Int], draws: Draws) -> [ProgramInput] {
        var draws = draws
        let program = LineIndex(code)
        var before: [LineEdit] = []
        var behind: [LineEdit] = []
        for site in draws.shuffled(analysis.sites.filter { $0.kind == .digits }) {
            guard let alternative = draws.pick(site.alternatives), let edit = alternative.first,
                let lineEdit = program.lineEdit(edit), !masked.contains(lineEdit.index)
            else { continue }
            if lineEdit.index < (masked.min() ?? 0) { before.append(lineEdit) } else { behind.append(lineEdit) }
        }
        return (before + behind).map { edit in
            var input = shown
            input.edits = [edit]
            return input
        }
    }
}
