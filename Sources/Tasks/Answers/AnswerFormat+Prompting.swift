import JSON

extension AnswerFormat {
    /// Writes the prompt of a task: one message of the user.
    ///
    /// - Parameter template: What is said around the program and the answer; nil takes the standard words.
    public static func prompt(
        for task: CodeTask, context: PromptContext = PromptContext(), template: PromptTemplate? = nil
    ) -> [PromptMessage] {
        let text =
            switch task.kind {
            case .forward, .backward, .input, .repair:
                (template ?? PromptTemplate.standard(for: task.kind)).filled([
                    .masks: task.maskedLines.indices.map { "`\(maskedLineMark($0))`" }.joined(separator: ", "),
                    .setting: setting(task, context),
                    .outputs: outputs(task),
                    .answer: answer(task),
                ])
            case .tests, .free: programPrompt(task, context)
            }
        return [PromptMessage(role: "user", content: text)]
    }

    /// A text between fences that are longer than any run of back-ticks in it.
    public static func fenced(_ text: String, tag: String) -> String {
        var longest = 0
        var run = 0
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: max(3, longest + 1))
        // A text that ends its last line gets no blank line before the fence.
        let end = text.utf8.last == 0x0A || text.isEmpty ? "" : "\n"
        return "\(fence)\(tag)\n\(text)\(end)\(fence)"
    }

    /// The program with `MASKED_LINE_i` in the places of the masked lines, indentation kept.
    public static func maskedProgram(_ task: CodeTask) -> String {
        var lines = TextLines.split(task.program).map(String.init)
        for (number, masked) in task.maskedLines.enumerated() where lines.indices.contains(masked.index) {
            let indentation = String(Substring(LogicalLine.indentation(of: masked.original)))
            lines[masked.index] = indentation + maskedLineMark(number)
        }
        return lines.joined(separator: "\n")
    }

    // MARK: -

    /// How to answer, and with which blocks: what the parser wants, so no template may say it in other words.
    private static func answer(_ task: CodeTask) -> String {
        let blocks: [String]
        let rule: String
        switch task.kind {
        case .forward:
            blocks = [stdoutBlock, stderrBlock]
            rule = """
                Think step by step. Then answer with two blocks, even if one is blank: what it prints to standard output \
                between fences tagged `\(stdoutBlock)`, and what it prints to standard error between fences tagged \
                `\(stderrBlock)`:
                """
        case .backward:
            blocks = task.maskedLines.indices.map(maskedLineBlock)
            rule = """
                Find lines that make the program do this, on other inputs too. Think step by step. Then give each line \
                in a block of its own, one line each, with the indentation that it has in the program:
                """
        case .input:
            blocks = [inputBlock]
            if let name = task.call.flatMap(ProgramInput.functionName) {
                rule = """
                    Think step by step. Then give arguments for `\(name)` that make the program do this, and nothing but \
                    the arguments: literals, separated by commas, without the brackets of the call:
                    """
            } else {
                rule = "Think step by step. Then give a text on standard input that makes the program do this:"
            }
        case .repair, .tests, .free:
            blocks = [task.language]
            rule = "Think step by step. Then give the whole program in one block:"
        }
        return paragraphs([rule] + blocks.map { fenced("...", tag: $0) } + [fenceRule])
    }

    /// What the program does, for tasks that show it.
    private static func outputs(_ task: CodeTask) -> String {
        let truth = task.truth ?? Truth(stdout: "")
        let isRepair = task.kind == .repair
        var parts = [
            isRepair ? "As it is, it prints to standard output:" : "It prints to standard output:",
            fenced(truth.stdout, tag: "stdout"), "and to standard error:", fenced(truth.stderr, tag: "stderr"),
        ]
        if isRepair, let shown = task.tests.first(where: { !$0.isHidden }) {
            parts += ["It should print to standard output:", fenced(shown.expected ?? "", tag: "stdout")]
        }
        return paragraphs(parts)
    }

    private static func programPrompt(_ task: CodeTask, _ context: PromptContext) -> String {
        let shown = task.tests.filter { !$0.isHidden }.prefix(3).compactMap(example)
        return paragraphs(
            [
                "Write a program in \(context.languageVersion ?? task.language).",
                task.program.isEmpty ? "" : "It continues this code:",
                task.program.isEmpty ? "" : fenced(task.program, tag: task.language),
                shown.isEmpty ? "" : "Examples:",
            ] + shown + [
                answer(task)
            ])
    }

    private static let fenceRule =
        "If your answer holds a run of back-ticks, use a fence longer than that. Give each block once."

    /// The program with everything that decides what it does; what a task asks for is left out.
    private static func setting(_ task: CodeTask, _ context: PromptContext) -> String {
        let files = ([context.file].compactMap { $0 } + task.files.keys).sorted()
        let asksForInput = task.kind == .input
        return paragraphs([
            files.isEmpty ? "" : "Files:\n" + files.map { "- \($0)" }.joined(separator: "\n"),
            context.file.map { "\($0):" } ?? "",
            fenced(task.kind == .backward ? maskedProgram(task) : task.program, tag: task.language),
            task.call.map { call($0, isHidden: asksForInput, context) } ?? "",
            context.languageVersion.map { "Language: \($0)" } ?? "",
            context.workingDirectory.map { "Working directory: \($0)" } ?? "",
            context.command.map { "Command: \($0)" } ?? "",
            asksForInput && task.call == nil
                ? "" : task.stdin.map { "Standard input:\n" + fenced($0, tag: "stdin") } ?? "",
        ])
    }

    /// What is said of a call: that it is made, and with which line, for errors point to that line.
    private static func call(_ call: String, isHidden: Bool, _ context: PromptContext) -> String {
        let shown = isHidden ? "\(ProgramInput.functionName(of: call) ?? "")(...)" : call
        guard let statement = context.callStatement else { return "The result of this call is printed: `\(shown)`" }
        let line = PromptTemplate.replacing("...", in: statement, by: shown)
        return "Behind the last line this one is added: `\(line)`"
    }

    private static func example(_ test: TestCase) -> String? {
        switch test.kind {
        case .program: return nil
        case .call(let functionName, let arguments):
            let values = arguments.map { $0.serialized() }.joined(separator: ", ")
            return "`\(functionName)(\(values))` gives `\(test.expected ?? "")`"
        case .stdin:
            return "For the input\n" + fenced(String(decoding: test.input.stdin, as: UTF8.self), tag: "stdin")
                + "\nit prints\n" + fenced(test.expected ?? "", tag: "stdout")
        }
    }

    private static func paragraphs(_ parts: [String]) -> String {
        parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }
}
