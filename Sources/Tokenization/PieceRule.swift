/// A rule by which a text is cut into pieces, each of which becomes tokens of its own.
///
/// The rules are regular expressions in the file; these are the ones that are known, as automata. The names are those of
/// the models that they came with.
enum PieceRule: Sendable, Hashable {
    /// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`
    case gpt2
    /// The expression of Llama 3 and Qwen 2, with so many digits in a piece:
    /// `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
    case llama3(digits: Int)
    /// Each digit alone, and what is between.
    case digits
    /// Everything in one piece.
    case whole

    /// The expression of Llama 3 with another count of digits, as files write it.
    static func llama3Pattern(_ digits: String) -> String {
        #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"# + digits
            + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
    }

    /// The pieces of a part of a text, in order and without gaps.
    func pieces(of text: ClassifiedText, in range: Range<Int>) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        var place = range.lowerBound
        while place < range.upperBound {
            let end =
                switch self {
                case .gpt2: text.gpt2End(from: place, limit: range.upperBound)
                case .llama3(let digits): text.llama3End(from: place, limit: range.upperBound, digits: digits)
                case .digits: text.digitsEnd(from: place, limit: range.upperBound)
                case .whole: range.upperBound
                }
            pieces.append(place..<end)
            place = end
        }
        return pieces
    }
}

extension ClassifiedText {
    fileprivate func gpt2End(from start: Int, limit: Int) -> Int {
        if let end = contractionEnd(from: start, limit: limit, ignoresCase: false) { return end }
        // A blank goes along with what follows it.
        let first = scalars[start] == 0x20 ? start + 1 : start
        if first < limit, !isSpace(first) {
            let kind = classes[first]
            return run(from: first, limit: limit) { $0 == kind }
        }
        return spaceEnd(from: start, limit: limit)
    }

    fileprivate func llama3End(from start: Int, limit: Int, digits: Int) -> Int {
        if let end = contractionEnd(from: start, limit: limit, ignoresCase: true) { return end }
        if classes[start] == .letter { return run(from: start, limit: limit) { $0 == .letter } }
        // One character of any other kind goes along with the letters behind it.
        if classes[start] != .number, classes[start] != .lineEnd, start + 1 < limit, classes[start + 1] == .letter {
            return run(from: start + 1, limit: limit) { $0 == .letter }
        }
        if classes[start] == .number { return run(from: start, limit: min(limit, start + digits)) { $0 == .number } }
        let first = scalars[start] == 0x20 ? start + 1 : start
        if first < limit, classes[first] == .other {
            let end = run(from: first, limit: limit) { $0 == .other }
            return run(from: end, limit: limit) { $0 == .lineEnd }
        }
        let end = run(from: start, limit: limit) { $0 == .space || $0 == .lineEnd }
        if let last = classes[start..<end].lastIndex(of: .lineEnd) { return last + 1 }
        return spaceEnd(from: start, limit: limit)
    }

    fileprivate func digitsEnd(from start: Int, limit: Int) -> Int {
        classes[start] == .number ? start + 1 : run(from: start, limit: limit) { $0 != .number }
    }

    /// `\s+(?!\S)|\s+`: all of the blanks but the last, which belongs to what follows.
    private func spaceEnd(from start: Int, limit: Int) -> Int {
        let end = run(from: start, limit: limit) { $0 == .space || $0 == .lineEnd }
        return end < limit && end - start > 1 ? end - 1 : end
    }

    /// The end of what is left of a verb behind an apostrophe: `'s|'t|'re|'ve|'m|'ll|'d`.
    private func contractionEnd(from start: Int, limit: Int, ignoresCase: Bool) -> Int? {
        guard scalars[start] == 0x27, start + 1 < limit else { return nil }
        func letter(_ place: Int) -> UInt32 {
            guard place < limit else { return 0 }
            let value = scalars[place]
            guard ignoresCase else { return value }
            // The long s is an s without regard to case.
            return value == 0x17F ? 0x73 : (0x41...0x5A).contains(value) ? value + 0x20 : value
        }
        switch (letter(start + 1), letter(start + 2)) {
        case (0x73, _), (0x74, _), (0x6D, _), (0x64, _): return start + 2
        case (0x72, 0x65), (0x76, 0x65), (0x6C, 0x6C): return start + 3
        default: return nil
        }
    }

    private func isSpace(_ place: Int) -> Bool { classes[place] == .space || classes[place] == .lineEnd }

    private func run(from start: Int, limit: Int, while belongs: (Class) -> Bool) -> Int {
        var end = start
        while end < limit, belongs(classes[end]) { end += 1 }
        return end
    }
}
