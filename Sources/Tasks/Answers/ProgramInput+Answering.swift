extension ProgramInput {
    /// The input that an answer to an input task gives; nil when it is none.
    ///
    /// A task with a call asks for the arguments alone, as literals; any other asks for the text on standard input.
    public init?(answering task: CodeTask, with answer: String) {
        guard let call = task.call else {
            // A fenced block cannot tell whether its last line ends; a text on standard input usually does.
            self.init(stdin: Array((answer.isEmpty || answer.utf8.last == 0x0A ? answer : answer + "\n").utf8))
            return
        }
        guard let name = Self.functionName(of: call), ArgumentText.isLiteral(answer) else { return nil }
        self.init(stdin: Array((task.stdin ?? "").utf8), call: "\(name)(\(answer))")
    }

    /// The function of a call such as `f(3, "a")`; nil when the text is no call.
    public static func functionName(of call: String) -> Substring? {
        guard let open = call.firstIndex(of: "("), call.last == ")", open > call.startIndex else { return nil }
        return call[..<open]
    }
}
