/// The answers found in a completion.
public struct Extraction: Sendable, Hashable {
    /// The last block of each tag after the reasoning, by tag (`answer_stdout`, `answer_MASKED_LINE_0`, ...).
    public var blocks: [String: String]
    /// The tags that the task asks for, in order; `code` stands for the program of a `tests` or `free` task.
    public var requiredBlocks: [String]
    /// The tags that were given more than once.
    public var duplicates: Set<String>
    /// The last fenced block in the task's language, for tasks that ask for a program.
    public var code: String?

    /// Makes an extraction.
    public init(
        blocks: [String: String] = [:], requiredBlocks: [String] = [], duplicates: Set<String> = [],
        code: String? = nil
    ) {
        self.blocks = blocks
        self.requiredBlocks = requiredBlocks
        self.duplicates = duplicates
        self.code = code
    }

    /// Whether a required block is there.
    public func has(_ block: String) -> Bool { block == AnswerFormat.codeBlock ? code != nil : blocks[block] != nil }

    /// The share of the required blocks that are there.
    public var answered: Double {
        guard !requiredBlocks.isEmpty else { return 1 }
        return Double(requiredBlocks.count { has($0) }) / Double(requiredBlocks.count)
    }

    /// The share of the required blocks that are there, where one given more than once counts half.
    public var format: Double {
        guard !requiredBlocks.isEmpty else { return 1 }
        let credit = requiredBlocks.reduce(0.0) { sum, block in
            sum + (has(block) ? (duplicates.contains(block) ? 0.5 : 1) : 0)
        }
        return credit / Double(requiredBlocks.count)
    }
}
