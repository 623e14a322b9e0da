import Tasks

/// A task in as few words as can tell it from all others, for a model that knows nothing but such tasks.
///
/// What is asked for is told by what is there: a program and its input ask for what it prints, marks for masked lines
/// with what it prints for those lines. The answer is the same as everywhere.
enum CompactPrompt {
    static func text(_ task: CodeTask) -> String {
        var parts = [AnswerFormat.fenced(AnswerFormat.maskedProgram(task), tag: task.language)]
        let shown = task.truth ?? Truth(stdout: "")
        switch task.kind {
        case .input:
            if let call = task.call { parts.append("call " + call.prefix { $0 != "(" }) }
        default:
            if let call = task.call { parts.append("call " + call) }
            if let stdin = task.stdin { parts.append(AnswerFormat.fenced(stdin, tag: "in")) }
        }
        if task.kind != .forward {
            parts.append(AnswerFormat.fenced(shown.stdout, tag: "out"))
            if !shown.stderr.isEmpty { parts.append(AnswerFormat.fenced(shown.stderr, tag: "err")) }
        }
        return parts.joined(separator: "\n")
    }
}
