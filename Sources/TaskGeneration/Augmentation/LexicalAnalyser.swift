import LanguagePlugins

/// Finds the places of a program that may be changed by its tokens alone.
///
/// Signs count only where blanks stand on both sides: so written, a star is a product and no pointer, and an angle no
/// bracket. What it finds may still not compile; running the program tells.
struct LexicalAnalyser {
    let program: LexedProgram
    let syntax: ProgramSyntax
    let code: [Token]
    /// For each code token how many round and square brackets, and how many braces, are open before it.
    let depths: [(brackets: Int, squares: Int, braces: Int)]

    /// What can be done with a program.
    static func analyse(_ code: String, syntax: ProgramSyntax) -> ProgramAnalysis {
        LexicalAnalyser(code, syntax: syntax).analysis()
    }

    init(_ text: String, syntax: ProgramSyntax) {
        program = LexedProgram(text, syntax: syntax)
        self.syntax = syntax
        code = program.code
        var depths: [(brackets: Int, squares: Int, braces: Int)] = []
        depths.reserveCapacity(code.count)
        var depth = (brackets: 0, squares: 0, braces: 0)
        for token in code {
            depths.append(depth)
            guard token.kind == .sign, token.range.count == 1 else { continue }
            switch program.bytes[token.range.lowerBound] {
            case UInt8(ascii: "("): depth.brackets += 1
            case UInt8(ascii: ")"): depth.brackets -= 1
            case UInt8(ascii: "["): depth.squares += 1
            case UInt8(ascii: "]"): depth.squares -= 1
            case UInt8(ascii: "{"): depth.braces += 1
            case UInt8(ascii: "}"): depth.braces -= 1
            default: break
            }
        }
        self.depths = depths
    }

    private func analysis() -> ProgramAnalysis {
        var analysis = ProgramAnalysis()
        analysis.sites =
            operatorSites() + unarySites() + negationSites() + digitSites() + renamingSites() + idleSites()
            + layoutSites()
            + commentSites() + reorderingSites() + corruptions()
        analysis.maskableLines = maskableLines()
        analysis.functions = functions()
        analysis.calls = calls(of: Set(analysis.functions.map(\.name)))
        analysis.literals = literals()
        if !syntax.inputWords.isEmpty {
            analysis.readsInput = code.contains { $0.kind == .word && syntax.inputWords.contains(program.text($0)) }
        }
        return analysis
    }

    // MARK: - Masks

    /// Lines that hold a name or a value and begin outside of strings and comments.
    private func maskableLines() -> [Int] {
        var lines: Set<Int> = []
        var covered: Set<Int> = []
        for token in program.tokens {
            let first = program.line(of: token.range.lowerBound)
            if token.kind == .string || token.kind == .comment {
                let last = program.line(of: max(token.range.lowerBound, token.range.upperBound - 1))
                if last > first { covered.formUnion(first...last) }
            }
            switch token.kind {
            case .word where !syntax.keywords.contains(program.text(token)), .number: lines.insert(first)
            default: break
            }
        }
        return lines.subtracting(covered).sorted()
    }

    // MARK: - Functions and values

    /// Functions that are defined outside of everything, with their parameters.
    private func functions() -> [FunctionShape] {
        var shapes: [FunctionShape] = []
        for index in code.indices where depths[index].braces == 0 && depths[index].brackets == 0 {
            guard code[index].kind == .word, syntax.functionKeywords.contains(program.text(code[index])),
                index + 2 < code.count, code[index + 1].kind == .word, program.token(code[index + 2], is: "(")
            else { continue }
            guard let close = closing(index + 2) else { continue }
            shapes.append(
                FunctionShape(name: program.text(code[index + 1]), parameters: parameters(in: (index + 3)..<close)))
        }
        return shapes
    }

    private func parameters(in range: Range<Int>) -> [FunctionShape.Parameter] {
        guard !range.isEmpty else { return [] }
        let depth = depths[range.lowerBound]
        var groups: [[Token]] = [[]]
        for index in range {
            if program.token(code[index], is: ","), depths[index].brackets == depth.brackets,
                depths[index].squares == depth.squares, depths[index].braces == depth.braces
            {
                groups.append([])
            } else {
                groups[groups.count - 1].append(code[index])
            }
        }
        return groups.compactMap { group in
            guard let name = group.first(where: { $0.kind == .word }) else { return nil }
            let rest = group.drop { $0 != name }.dropFirst()
            let hasType = rest.first.map { program.token($0, is: ":") } ?? false
            let type = hasType ? rest.dropFirst().first { $0.kind == .word }.map(program.text) : nil
            return FunctionShape.Parameter(
                name: program.text(name), type: type, isOptional: rest.contains { program.token($0, is: "=") })
        }
    }

    /// The place of the bracket that closes the one at a place.
    func closing(_ index: Int) -> Int? {
        var depth = 0
        for place in index..<min(code.count, index + 400) where code[place].kind == .sign {
            if program.token(code[place], is: "(") { depth += 1 }
            if program.token(code[place], is: ")") { depth -= 1 }
            if depth == 0 { return place }
        }
        return nil
    }

    /// Calls of known functions whose arguments are literals.
    private func calls(of names: Set<String>) -> [String] {
        var calls: [String] = []
        for index in code.indices.dropLast() where code[index].kind == .word && program.token(code[index + 1], is: "(")
        {
            let name = program.text(code[index])
            guard names.contains(name), index == 0 || !isDefinition(index), let close = closing(index + 1) else {
                continue
            }
            let inside = code[index + 1].range.upperBound..<code[close].range.lowerBound
            let arguments = String(decoding: program.bytes[inside], as: UTF8.self)
            guard arguments.utf8.count <= 400, CallText.isLiteral(arguments) else { continue }
            let call = "\(name)(\(arguments))"
            if !calls.contains(call) { calls.append(call) }
            if calls.count == 32 { break }
        }
        return calls
    }

    private func isDefinition(_ index: Int) -> Bool {
        let before = program.text(code[index - 1])
        return syntax.functionKeywords.contains(before) || before == "."
    }

    private func literals() -> [String] {
        var seen: Set<String> = []
        var literals: [String] = []
        for token in code where (token.kind == .number || token.kind == .string) && token.range.count <= 80 {
            let text = program.text(token)
            if CallText.isLiteral(text), seen.insert(text).inserted { literals.append(text) }
            if literals.count == 64 { break }
        }
        return literals
    }
}
