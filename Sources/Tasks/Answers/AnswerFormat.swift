/// How answers are asked for and how they are read: the writer of prompts and the parser of completions are one type,
/// so that neither can change without the other.
public enum AnswerFormat {
    /// The tag of the block that predicts stdout.
    public static let stdoutBlock = "answer_stdout"
    /// The tag of the block that predicts stderr.
    public static let stderrBlock = "answer_stderr"
    /// The tag of the block that gives an input: the text on standard input, or the arguments of a call.
    public static let inputBlock = "answer_input"
    /// The name under which the program of a `tests` or `free` task counts as a required block.
    public static let codeBlock = "code"

    /// The tag of the block that fills the masked line of that number.
    public static func maskedLineBlock(_ number: Int) -> String { "answer_\(maskedLineMark(number))" }

    /// What stands in the program instead of the masked line of that number.
    public static func maskedLineMark(_ number: Int) -> String { "MASKED_LINE_\(number)" }

    /// The blocks that a task asks for, in order.
    public static func requiredBlocks(for task: CodeTask) -> [String] {
        switch task.kind {
        case .forward: [stdoutBlock, stderrBlock]
        case .backward: task.maskedLines.indices.map(maskedLineBlock)
        case .input: [inputBlock]
        case .repair, .tests, .free: [codeBlock]
        }
    }
}
