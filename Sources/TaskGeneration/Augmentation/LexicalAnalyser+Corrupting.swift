import LanguagePlugins

extension LexicalAnalyser {
    /// Edits that make a program fail: a sign that the parser needs goes, a name is misspelt, zero divides.
    func corruptions() -> [EditSite] {
        var sites: [EditSite] = []
        for (index, token) in code.enumerated() {
            switch token.kind {
            case .sign where token.range.count == 1:
                let text = program.text(token)
                if "()[]{};:,".contains(text) {
                    sites.append(EditSite(.syntaxError, [[TextEdit(token.range, "")]]))
                }
                if text == "/" || text == "%", index + 1 < code.count {
                    let next = code[index + 1]
                    if next.kind == .number || next.kind == .word, isWholeOperand(index + 1) {
                        sites.append(EditSite(.zeroDivision, [[TextEdit(next.range, "0")]]))
                    }
                }
                if text == "[", index + 2 < code.count, code[index + 1].kind == .number,
                    program.token(code[index + 2], is: "]")
                {
                    sites.append(EditSite(.indexError, [[TextEdit(code[index + 1].range, "1000")]]))
                }
            case .word where isUse(index):
                let name = program.text(token)
                sites.append(
                    EditSite(.nameError, [[TextEdit(token.range, name + "_")], [TextEdit(token.range, name + name)]]))
            default: break
            }
        }
        return sites
    }

    /// Whether nothing binds an operand more tightly than the sign before it.
    private func isWholeOperand(_ index: Int) -> Bool {
        guard index + 1 < code.count else { return true }
        let next = program.text(code[index + 1])
        return !["(", "[", ".", "->", "::", "**"].contains(next)
    }

    /// Whether a name is asked for its value here.
    private func isUse(_ index: Int) -> Bool {
        let name = program.text(code[index])
        guard !syntax.keywords.contains(name), index > 0, index + 1 < code.count else { return false }
        let isMarked = index > 1 && syntax.sigils.contains(program.text(code[index - 1]))
        let before = program.text(code[isMarked ? index - 2 : index - 1])
        let after = program.text(code[index + 1])
        return ["(", ",", "+", "-", "*", "/", "[", "=", "return"].contains(before)
            && [")", ",", "+", "-", "*", "/", "]", ";"].contains(after)
    }
}
