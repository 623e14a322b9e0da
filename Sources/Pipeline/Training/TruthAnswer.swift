import Tasks

/// The answer that a task's truth would be: what a warm start learns from.
enum TruthAnswer {
    /// The answer; nil where the task does not hold one.
    static func text(_ task: CodeTask) -> String? {
        switch task.kind {
        case .forward:
            guard let truth = task.truth else { return nil }
            return [(AnswerFormat.stdoutBlock, truth.stdout), (AnswerFormat.stderrBlock, truth.stderr)]
                .map { AnswerFormat.fenced($1, tag: $0) }.joined(separator: "\n")
        case .backward:
            return task.maskedLines.enumerated().map { number, line in
                AnswerFormat.fenced(line.original, tag: AnswerFormat.maskedLineBlock(number))
            }.joined(separator: "\n")
        case .input:
            if let call = task.call {
                guard let open = call.firstIndex(of: "("), call.hasSuffix(")") else { return nil }
                return AnswerFormat.fenced(
                    String(call[call.index(after: open)...].dropLast()), tag: AnswerFormat.inputBlock)
            }
            return AnswerFormat.fenced(task.stdin ?? "", tag: AnswerFormat.inputBlock)
        case .repair, .tests, .free: return nil
        }
    }
}
