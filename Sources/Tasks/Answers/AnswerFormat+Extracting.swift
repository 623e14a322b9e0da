extension AnswerFormat {
    /// Reads the answers out of a completion.
    ///
    /// - Parameter aliases: Further names of the task's language that may tag a block of code.
    /// - Returns: For each tag the last closed block after the reasoning, with its text as it stands.
    public static func extract(_ completion: Completion, for task: CodeTask, aliases: [String] = []) -> Extraction {
        let required = requiredBlocks(for: task)
        let answer = textAfterReasoning(completion.text)
        let fenced = FencedBlock.all(in: answer)
        var extraction = Extraction(requiredBlocks: required)
        for block in fenced where required.contains(block.tag) && block.tag != codeBlock {
            if extraction.blocks.updateValue(block.text, forKey: block.tag) != nil {
                extraction.duplicates.insert(block.tag)
            }
        }
        if task.kind == .tests || task.kind == .free {
            let names = LanguageNames.names(of: task.language).union(aliases.map { $0.lowercased() })
            extraction.code =
                (fenced.last { names.contains($0.tag.lowercased()) } ?? fenced.last { $0.tag.isEmpty })?.text
        }
        return extraction
    }

    /// What follows the reasoning; a reasoning that was opened and never closed leaves nothing.
    static func textAfterReasoning(_ text: String) -> Substring {
        let closing = Array("</think>".utf8)
        let bytes = Array(text.utf8)
        var end = bytes.count - closing.count
        while end >= 0 {
            if bytes[end] == closing[0], bytes[end..<(end + closing.count)].elementsEqual(closing) {
                return Substring(String(decoding: bytes[(end + closing.count)...], as: UTF8.self))
            }
            end -= 1
        }
        let start = text.drop { $0.isWhitespace }
        return start.utf8.starts(with: "<think>".utf8) ? "" : Substring(text)
    }
}
