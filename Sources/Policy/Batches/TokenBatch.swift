/// Tokens of many sequences one behind the other, without padding, and which of them see which.
struct TokenBatch {
    /// Rows that follow one another in a sequence.
    struct Segment {
        var rows: Range<Int>
        /// The segment that comes before it in its sequence, which others may share.
        var prefix: Int?
    }

    /// A place whose logits say something about a token of a completion.
    struct Scored {
        var row: Int
        var target: Int32
        var group: Int
        var completion: Int
        var index: Int
    }

    private(set) var tokens: [Int32] = []
    private(set) var positions: [Int] = []
    private(set) var segments: [Segment] = []
    /// Segments that see one another: a prompt, and then its completions.
    private(set) var trees: [Range<Int>] = []
    private(set) var scored: [Scored] = []

    var count: Int { tokens.count }

    /// Adds a prompt alone.
    mutating func append(prompt: [Int32]) {
        trees.append(segments.count..<segments.count + 1)
        append(prompt[...], prefix: nil, position: 0)
    }

    /// Adds a group; completions that are left out are neither computed nor scored.
    ///
    /// The last token of a completion is not computed either, since nothing is asked about what follows it.
    mutating func append(_ group: TokenGroup, number: Int, includes: (Int) -> Bool = { _ in true }) {
        let chosen = group.completions.indices.filter { !group.completions[$0].isEmpty && includes($0) }
        guard !chosen.isEmpty else { return }
        let prompt = segments.count
        append(group.prompt[...], prefix: nil, position: 0)
        let last = tokens.count - 1
        for completion in chosen {
            let text = group.completions[completion]
            let first = tokens.count
            if text.count > 1 { append(text.dropLast(), prefix: prompt, position: group.prompt.count) }
            for (index, target) in text.enumerated() {
                scored.append(
                    Scored(
                        row: index == 0 ? last : first + index - 1, target: target, group: number,
                        completion: completion,
                        index: index))
            }
        }
        trees.append(prompt..<segments.count)
    }

    /// Rows that a segment sees before its own.
    func prefixCount(of segment: Segment) -> Int { segment.prefix.map { segments[$0].rows.count } ?? 0 }

    /// One more than the last position.
    var longestPosition: Int { (positions.max() ?? 0) + 1 }

    /// Cuts groups into batches of whole groups.
    ///
    /// - Parameters:
    ///   - limit: Rows that a batch has at most, unless one group has more.
    ///   - includes: Takes group and completion, and says whether it is to be computed.
    static func cut(_ groups: [TokenGroup], limit: Int, includes: (Int, Int) -> Bool) -> [TokenBatch] {
        var batches: [TokenBatch] = []
        var batch = TokenBatch()
        for (number, group) in groups.enumerated() {
            if batch.count > 0, batch.count + rowCount(group) > limit {
                batches.append(batch)
                batch = TokenBatch()
            }
            batch.append(group, number: number) { includes(number, $0) }
        }
        if batch.count > 0 { batches.append(batch) }
        return batches
    }

    /// Rows that a group takes.
    static func rowCount(_ group: TokenGroup) -> Int {
        group.prompt.count + group.completions.reduce(0) { $0 + max(0, $1.count - 1) }
    }

    private mutating func append(_ text: ArraySlice<Int32>, prefix: Int?, position: Int) {
        segments.append(Segment(rows: tokens.count..<tokens.count + text.count, prefix: prefix))
        tokens.append(contentsOf: text)
        positions.append(contentsOf: position..<position + text.count)
    }
}
