import LanguagePlugins

/// Makes calls of functions that nobody calls, from the types of their parameters and the values that stand in the
/// program.
struct ArgumentMaker {
    let literals: [String]
    let style: Style

    /// How a language writes values that differ between languages.
    struct Style: Sendable {
        var truths: [String]
        var nothing: String
        /// An argument by its name; empty where there are none.
        var named: String
        /// Signs that a parameter's name begins with where it is defined, and not where an argument bears it.
        var sigils: [String]

        /// The style of a language.
        init(_ syntax: ProgramSyntax) {
            let keywords = syntax.keywords
            named = syntax.namedArgument
            sigils = syntax.sigils
            truths = keywords.contains("True") ? ["True", "False"] : ["true", "false"]
            nothing = ["None", "nil", "null"].first(where: keywords.contains) ?? "0"
        }

        /// A parameter's name as an argument bears it.
        func bare(_ name: String) -> String {
            sigils.first(where: name.hasPrefix).map { String(name.dropFirst($0.count)) } ?? name
        }
    }

    /// Calls of a function, in a drawn order of values.
    func calls(of function: FunctionShape, count: Int, draws: inout Draws) -> [String] {
        guard function.parameters.count <= 8 else { return [] }
        var calls: [String] = []
        for _ in 0..<count {
            var parameters = function.parameters
            while let last = parameters.last, last.isOptional, draws.happens(0.5) { parameters.removeLast() }
            var values = parameters.map { value(of: $0.type, &draws) }
            if !style.named.isEmpty, values.count > 1, draws.happens(0.3) {
                // Those behind the first that is named have to be named as well.
                for place in (1 + draws.below(values.count - 1))..<values.count {
                    values[place] = MarkedText.filled(
                        style.named, ["name": style.bare(parameters[place].name), "value": values[place]])
                }
            }
            calls.append("\(function.name)(\(values.joined(separator: ", ")))")
        }
        return calls
    }

    private func value(of type: String?, _ draws: inout Draws) -> String {
        switch type?.lowercased() ?? "" {
        case "int", "number", "integer", "long": return draws.pick(numbers) ?? "1"
        case "float", "double": return draws.pick(["0.5", "2.0", "3.25", "-1.5"]) ?? "0.5"
        case "str", "string", "text": return draws.pick(texts) ?? "\"abc\""
        case "bool", "boolean": return draws.pick(style.truths) ?? "true"
        case let name
        where name.hasPrefix("list") || name.hasPrefix("array") || name.hasSuffix("[]")
            || name.hasPrefix("sequence") || name.hasPrefix("iterable") || name.hasPrefix("tuple"):
            return name.contains("str") ? draws.pick(textLists) ?? "[]" : draws.pick(lists) ?? "[]"
        case let name where name.hasPrefix("dict") || name.hasPrefix("map"):
            return draws.pick(["{\"a\": 1, \"b\": 2}", "{\"x\": 3}", "{}"]) ?? "{}"
        case "": return draws.pick(numbers + texts + lists + textLists) ?? "1"
        default: return style.nothing
        }
    }

    private var numbers: [String] { ["0", "1", "2", "3", "7", "10", "-1"] + literals.filter(Self.isNumber) }

    private var texts: [String] {
        ["\"abc\"", "\"Hello World\"", "\"\"", "\"a1b2 c3\""]
            + literals.filter { $0.hasPrefix("\"") || $0.hasPrefix("'") }
    }

    private let lists = ["[1, 2, 3]", "[5, 3, 8, 1]", "[]", "[2, 2, 7]"]
    private let textLists = ["[\"a\", \"b\"]", "[\"one\", \"two\", \"three\"]"]

    private static func isNumber(_ text: String) -> Bool {
        text.utf8.allSatisfy { Lexer.isDigit($0) || $0 == UInt8(ascii: ".") }
    }

    init(literals: [String], style: Style) {
        self.literals = literals
        self.style = style
    }
}
