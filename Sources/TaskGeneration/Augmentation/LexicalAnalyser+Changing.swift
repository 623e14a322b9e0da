import LanguagePlugins

extension LexicalAnalyser {
    /// Signs that stand between blanks and can be exchanged for another of their group.
    func operatorSites() -> [EditSite] {
        let groups: [(EditKind, [String])] = [
            (.binaryOperator, syntax.operators.arithmetic), (.booleanOperator, syntax.operators.boolean),
            (.comparison, syntax.operators.comparison), (.augmentedAssignment, syntax.operators.assignment),
        ]
        var sites: [EditSite] = []
        for index in code.indices {
            let start = code[index].range.lowerBound
            guard index > 0, code[index].kind == .sign || code[index].kind == .word, isBlank(start - 1) else {
                continue
            }
            for (kind, signs) in groups {
                guard let sign = signs.first(where: { isWritten($0, at: start) }) else { continue }
                let range = start..<(start + sign.utf8.count)
                let others = signs.filter { $0 != sign }
                if !others.isEmpty { sites.append(EditSite(kind, others.map { [TextEdit(range, $0)] })) }
                break
            }
        }
        return sites
    }

    /// Signs before a value, with nothing before them that could be a value itself.
    func unarySites() -> [EditSite] {
        var sites: [EditSite] = []
        for index in code.indices.dropLast() where code[index].kind == .sign && index > 0 {
            let token = code[index]
            let next = code[index + 1]
            guard token.range.upperBound == next.range.lowerBound, next.kind == .word || next.kind == .number,
                syntax.operators.unary.contains(program.text(token)),
                ["(", "=", ",", "[", "return", ":="].contains(program.text(code[index - 1]))
            else { continue }
            let others = syntax.operators.unary.filter { !program.token(token, is: $0) }
            if !others.isEmpty {
                sites.append(EditSite(.unaryOperator, others.map { [TextEdit(token.range, $0)] }))
            }
        }
        return sites
    }

    /// Whether a sign stands at a place with a blank or a line end behind it.
    private func isWritten(_ sign: String, at start: Int) -> Bool {
        let end = start + sign.utf8.count
        return end < program.bytes.count && program.bytes[start..<end].elementsEqual(sign.utf8) && isBlank(end)
    }

    private func isBlank(_ place: Int) -> Bool {
        program.bytes.indices.contains(place) && (program.bytes[place] == 0x20 || program.bytes[place] == 0x0A)
    }

    /// Conditions that can be negated as a whole.
    func negationSites() -> [EditSite] {
        var sites: [EditSite] = []
        for token in code where token.kind == .word {
            for form in syntax.conditions {
                let start = token.range.lowerBound
                guard program.bytes[start...].starts(with: form.before.utf8) else { continue }
                let inner = start + form.before.utf8.count
                guard let end = endOfCondition(from: inner, after: form.after), end > inner else { continue }
                // The condition itself stays as it is, so that something in it can become something else as well.
                sites.append(
                    EditSite(
                        .negation,
                        [
                            [
                                TextEdit(start..<inner, form.negatedBefore),
                                TextEdit(end..<(end + form.after.utf8.count), form.negatedAfter),
                            ]
                        ]))
                break
            }
        }
        return sites
    }

    /// Where what stands behind a condition begins, brackets balanced, within the same line.
    private func endOfCondition(from start: Int, after: String) -> Int? {
        var depth = 0
        for token in program.tokens where token.range.lowerBound >= start {
            if token.kind == .lineEnd { return nil }
            if token.isCode, depth == 0, program.bytes[token.range.lowerBound...].starts(with: after.utf8) {
                return token.range.lowerBound
            }
            // The text behind may begin with the blank before its first sign.
            if token.kind == .blank, depth == 0, program.bytes[token.range.lowerBound...].starts(with: after.utf8) {
                return token.range.lowerBound
            }
            guard token.kind == .sign else { continue }
            if ["(", "[", "{"].contains(where: { program.token(token, is: $0) }) { depth += 1 }
            if [")", "]", "}"].contains(where: { program.token(token, is: $0) }) { depth -= 1 }
            if depth < 0 { return nil }
        }
        return nil
    }

    /// Numbers whose digits can be others: decimal ones that are no index, one digit at a time, by 1 to 9.
    func digitSites() -> [EditSite] {
        var sites: [EditSite] = []
        for (index, token) in code.enumerated() where token.kind == .number && depths[index].squares == 0 {
            let text = program.bytes[token.range]
            guard text.allSatisfy({ Lexer.isDigit($0) || $0 == UInt8(ascii: ".") }) else { continue }
            var alternatives: [[TextEdit]] = []
            for place in text.indices where Lexer.isDigit(text[place]) {
                for digit in UInt8(ascii: "1")...UInt8(ascii: "9") where digit != text[place] {
                    alternatives.append([TextEdit(place..<(place + 1), String(decoding: [digit], as: UTF8.self))])
                }
            }
            sites.append(EditSite(.digits, alternatives))
        }
        return sites
    }
}
