/// The program of a backward task with the answers in the places of its masked lines.
public enum LineFilling: Sendable, Hashable {
    /// Every line is filled and keeps the rules.
    case filled(program: String)
    /// A masked line has no answer.
    case missing(number: Int)
    /// An answer is blank or more than one logical line: room to print what was shown and leave.
    case notOneLine(number: Int)
    /// An answer is indented otherwise than the line it stands for.
    case wrongIndentation(number: Int)

    /// The program, when every line is filled and keeps the rules.
    public var program: String? {
        if case .filled(let program) = self { program } else { nil }
    }

    /// Puts the answers of an extraction into the program of its task, by line number.
    public init(_ task: CodeTask, with extraction: Extraction) {
        var lines = TextLines.split(task.program).map(String.init)
        for (number, masked) in task.maskedLines.enumerated() {
            guard let answer = extraction.blocks[AnswerFormat.maskedLineBlock(number)] else {
                self = .missing(number: number)
                return
            }
            guard let line = LogicalLine(answer), line.statements <= LogicalLine.statements(in: masked.original) else {
                self = .notOneLine(number: number)
                return
            }
            guard LogicalLine.indentation(of: line.text).elementsEqual(LogicalLine.indentation(of: masked.original))
            else {
                self = .wrongIndentation(number: number)
                return
            }
            // By its number: searching for MASKED_LINE_1 would find MASKED_LINE_10 too.
            if lines.indices.contains(masked.index) { lines[masked.index] = line.text }
        }
        self = .filled(program: lines.joined(separator: "\n"))
    }
}
