import LanguagePlugins

extension LexicalAnalyser {
    /// Names that are given a value or stand as a parameter, renamed wherever they stand as a word of code.
    ///
    /// A name that also stands behind a dot, in a string, or with a label's colon is left alone: there it may be
    /// somebody else's.
    func renamingSites() -> [EditSite] {
        var places: [String: [Range<Int>]] = [:]
        var order: [String] = []
        var foreign: Set<String> = []
        var defined: Set<String> = []
        for (index, token) in code.enumerated() where token.kind == .word {
            let name = program.text(token)
            if syntax.keywords.contains(name) { continue }
            if places[name] == nil { order.append(name) }
            places[name, default: []].append(token.range)
            let before = index > 0 ? program.text(code[index - 1]) : ""
            let after = index + 1 < code.count ? program.text(code[index + 1]) : ""
            if [".", "->", "::", "#", "@", "?.", "$"].contains(before) && !syntax.sigils.contains(before)
                || after == ":" || after == "::"
            {
                foreign.insert(name)
            }
            if after == "=" || after == ":=" || (before == "(" || before == ",") && (after == ")" || after == ",") {
                defined.insert(name)
            }
        }
        let inStrings = wordsInStrings()
        let taken = Set(order)
        return order.compactMap { name in
            guard defined.contains(name), !foreign.contains(name), !inStrings.contains(name),
                name.utf8.allSatisfy({ $0 < 0x80 }), let ranges = places[name]
            else { return nil }
            let others = FreeNames.candidates.filter { !taken.contains($0) && !inStrings.contains($0) }.prefix(6)
            guard !others.isEmpty else { return nil }
            return EditSite(.renaming, others.map { other in ranges.map { TextEdit($0, other) } })
        }
    }

    private func wordsInStrings() -> Set<String> {
        var words: Set<String> = []
        for token in program.tokens where token.kind == .string {
            for word in program.bytes[token.range].split(whereSeparator: { !Lexer.isWordByte($0) }) {
                words.insert(String(decoding: word, as: UTF8.self))
            }
        }
        return words
    }

    /// Places behind a line that ends a statement, for a statement that does nothing.
    func idleSites() -> [EditSite] {
        guard !syntax.idleStatements.isEmpty, let name = freeName() else { return [] }
        return statementEnds().map { line in
            let place = program.lineStarts[line + 1]
            let indentation = indentation(of: line)
            return EditSite(
                .deadCode,
                syntax.idleStatements.map { statement in
                    [TextEdit(place..<place, indentation + MarkedText.filled(statement, ["name": name]) + "\n")]
                })
        }
    }

    /// A blank line behind a statement, or two blanks for one between two words of code.
    func layoutSites() -> [EditSite] {
        var sites = statementEnds().map { line in
            let place = program.lineStarts[line + 1]
            return EditSite(.layout, [[TextEdit(place..<place, "\n")]])
        }
        for line in program.lineStarts.indices.dropLast() {
            let range = program.lineStarts[line]..<program.lineStarts[line + 1]
            if range.count == 1, isOutsideOfTexts(range.lowerBound) {
                sites.append(EditSite(.layout, [[TextEdit(range, "")]]))
            }
        }
        return sites
    }

    /// Comments that can go: one that has its line to itself goes with the line.
    func commentSites() -> [EditSite] {
        var sites: [EditSite] = []
        for token in program.tokens where token.kind == .comment {
            // The first line may tell the system how to run the file.
            if token.range.lowerBound == 0, program.bytes.starts(with: "#!".utf8) { continue }
            let line = program.line(of: token.range.lowerBound)
            let start = program.lineStarts[line]
            let isAlone = program.bytes[start..<token.range.lowerBound].allSatisfy { $0 == 0x20 || $0 == 0x09 }
            let end = token.range.upperBound
            if isAlone, end < program.bytes.count, program.bytes[end] == 0x0A {
                sites.append(EditSite(.comments, [[TextEdit(start..<(end + 1), "")]]))
            } else {
                sites.append(EditSite(.comments, [[TextEdit(token.range, " ")]]))
            }
        }
        return sites
    }

    /// Two lines that follow each other and give constants to different names: nothing can tell their order.
    func reorderingSites() -> [EditSite] {
        var tokens: [Int: [Token]] = [:]
        for (index, token) in code.enumerated() where depths[index].brackets == 0 && depths[index].squares == 0 {
            tokens[program.line(of: token.range.lowerBound), default: []].append(token)
        }
        var sites: [EditSite] = []
        for line in tokens.keys.sorted() where line + 2 < program.lineStarts.count {
            guard let first = tokens[line].flatMap(constantName), let second = tokens[line + 1].flatMap(constantName),
                first != second
            else { continue }
            let (low, middle, high) = (
                program.lineStarts[line], program.lineStarts[line + 1], program.lineStarts[line + 2]
            )
            let texts = (
                String(decoding: program.bytes[low..<middle], as: UTF8.self),
                String(decoding: program.bytes[middle..<high], as: UTF8.self)
            )
            sites.append(EditSite(.reordering, [[TextEdit(low..<middle, texts.1), TextEdit(middle..<high, texts.0)]]))
        }
        return sites
    }

    /// The name that a line gives a literal to; nil for any other line.
    private func constantName(_ line: [Token]) -> String? {
        var line = line
        if !syntax.statementEnd.isEmpty {
            guard let end = line.popLast(), program.token(end, is: syntax.statementEnd) else { return nil }
        }
        guard line.count >= 3, let value = line.popLast(), let sign = line.popLast(),
            value.kind == .number || value.kind == .string && !program.text(value).contains(where: "${(`\\".contains),
            program.token(sign, is: "=") || program.token(sign, is: ":="), line.last?.kind == .word,
            line.allSatisfy({ $0.kind == .word || ["$", ":"].contains(program.text($0)) })
        else { return nil }
        // What stands behind a colon is its type.
        let head = line.prefix { !program.token($0, is: ":") }
        return head.last { $0.kind == .word }.map(program.text)
    }

    // MARK: -

    /// Lines that end a statement outside of brackets, so that another statement may stand behind them.
    private func statementEnds() -> [Int] {
        var last: [Int: Int] = [:]
        for (index, token) in code.enumerated() { last[program.line(of: token.range.lowerBound)] = index }
        // Where there are blocks, statements stand in them, and what stands outside may be no statement.
        let hasBlocks = !syntax.statementEnd.isEmpty || syntax.conditions.contains { $0.after.contains("{") }
        let floor = hasBlocks && depths.contains { $0.braces > 0 } ? 1 : 0
        return last.keys.sorted().filter { line in
            guard let index = last[line], line + 1 < program.lineStarts.count else { return false }
            let token = code[index]
            guard program.line(of: token.range.upperBound - 1) == line, depths[index].brackets == 0,
                depths[index].squares == 0, depths[index].braces >= floor
            else { return false }
            return syntax.statementEnd.isEmpty
                ? token.kind != .sign || program.token(token, is: ")")
                : program.token(token, is: syntax.statementEnd)
        }
    }

    private func isOutsideOfTexts(_ place: Int) -> Bool {
        program.tokens.first { $0.range.contains(place) }?.kind == .lineEnd
    }

    private func indentation(of line: Int) -> String {
        let start = program.lineStarts[line]
        return String(
            decoding: program.bytes[start...].prefix { $0 == 0x20 || $0 == 0x09 }, as: UTF8.self)
    }

    private func freeName() -> String? {
        let taken = Set(code.filter { $0.kind == .word }.map(program.text)).union(wordsInStrings())
        return FreeNames.candidates.last { !taken.contains($0) }
    }
}
