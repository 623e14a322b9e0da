extension AnswerFormat {
    /// Reads the answers out of a completion.
    ///
    /// - Parameter aliases: Further names of the task's language that may tag a block of code.
    /// - Returns: For each tag the last closed block after the reasoning, with its text as it stands.
    public static func extract(_ completion: Completion, for task: CodeTask, aliases: [String] = []) -> Extraction {
        let required = requiredBlocks(for: task)
        let bytes = completion.text.utf8Span.span
        let answer = bytes.extracting(rangeAfterReasoning(completion.text))
        let fenced = FencedBlock.all(in: answer)
        var extraction = Extraction(requiredBlocks: required)
        for block in fenced where required.contains(block.tag) && block.tag != codeBlock {
            if extraction.blocks.updateValue(TextBytes.text(block.content, of: answer), forKey: block.tag) != nil {
                extraction.duplicates.insert(block.tag)
            }
        }
        if required.contains(codeBlock) {
            let names = LanguageNames.names(of: task.language).union(aliases.map { $0.lowercased() })
            let program = fenced.last { names.contains($0.tag.lowercased()) } ?? fenced.last { $0.tag.isEmpty }
            if let program { extraction.code = TextBytes.text(program.content, of: answer) }
        }
        return extraction
    }

    /// Where what follows the reasoning stands; a reasoning that was opened and never closed leaves nothing.
    static func rangeAfterReasoning(_ text: String) -> Range<Int> {
        let closing: StaticString = "</think>"
        let bytes = text.utf8Span.span
        var end: Int?
        var cursor = 0
        while let found = TextBytes.first(closing, in: bytes, from: cursor) {
            cursor = found + closing.utf8CodeUnitCount
            end = cursor
        }
        if let end { return end..<bytes.count }
        let start = text.drop { $0.isWhitespace }
        return start.utf8.starts(with: "<think>".utf8) ? 0..<0 : 0..<bytes.count
    }
}
