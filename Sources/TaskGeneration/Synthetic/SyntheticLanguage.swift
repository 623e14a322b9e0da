/// A language that made-up programs are written in.
public enum SyntheticLanguage: String, Sendable, Hashable, CaseIterable {
    case python, javascript, ruby, lua, perl

    /// A program as text.
    func program(_ statements: [SyntheticStatement]) -> String {
        lines(statements, depth: 0).joined(separator: "\n") + "\n"
    }

    // MARK: - Statements

    private func lines(_ statements: [SyntheticStatement], depth: Int) -> [String] {
        statements.flatMap { lines($0, depth: depth) }
    }

    private func lines(_ statement: SyntheticStatement, depth: Int) -> [String] {
        let blank = String(repeating: self == .python ? "    " : "  ", count: depth)
        switch statement {
        case .make(let name, let value): return [blank + made(name, value)]
        case .change(let name, let value): return [blank + "\(variable(name)) = \(text(value))" + end]
        case .show(let value): return [blank + shown(value)]
        case .choose(let condition, let yes, let no):
            let test = "\(text(condition.left)) \(condition.sign) \(text(condition.right))"
            var all = [blank + opened("if", test)] + lines(yes, depth: depth + 1)
            if !no.isEmpty { all += [blank + otherwise] + lines(no, depth: depth + 1) }
            return all + closed(blank)
        case .count(let name, let limit, let body):
            return [blank + counted(name, limit)] + lines(body, depth: depth + 1) + closed(blank)
        case .each(let name, let list, let body):
            return [blank + each(name, list)] + lines(body, depth: depth + 1) + closed(blank)
        case .fail(let failure): return [blank + failing(failure)]
        }
    }

    private var end: String { self == .javascript || self == .perl ? ";" : "" }

    private func made(_ name: String, _ value: SyntheticExpression) -> String {
        switch self {
        case .javascript: return "let \(name) = \(text(value));"
        case .lua: return "local \(name) = \(text(value))"
        case .perl:
            if case .list(let numbers) = value { return "my @\(name) = (\(Self.listed(numbers)));" }
            return "my $\(name) = \(text(value));"
        case .python, .ruby: return "\(name) = \(text(value))"
        }
    }

    private func shown(_ value: SyntheticExpression) -> String {
        switch self {
        case .python, .lua: "print(\(text(value)))"
        case .javascript: "console.log(\(text(value)));"
        case .ruby: "puts \(text(value))"
        case .perl: "print \(text(value)), \"\\n\";"
        }
    }

    private func opened(_ word: String, _ test: String) -> String {
        switch self {
        case .python: "\(word) \(test):"
        case .javascript: "\(word) (\(test)) {"
        case .ruby: "\(word) \(test)"
        case .lua: "\(word) \(test) then"
        case .perl: "\(word) (\(test)) {"
        }
    }

    private var otherwise: String {
        switch self {
        case .python: "else:"
        case .javascript, .perl: "} else {"
        case .ruby, .lua: "else"
        }
    }

    private func closed(_ blank: String) -> [String] {
        switch self {
        case .python: []
        case .javascript, .perl: [blank + "}"]
        case .ruby, .lua: [blank + "end"]
        }
    }

    private func counted(_ name: String, _ limit: SyntheticExpression) -> String {
        switch self {
        case .python: "for \(name) in range(\(text(limit))):"
        case .javascript: "for (let \(name) = 0; \(name) < \(text(limit)); \(name)++) {"
        case .ruby: "\(text(limit)).times do |\(name)|"
        case .lua: "for \(name) = 0, \(text(limit)) - 1 do"
        case .perl: "for my $\(name) (0 .. \(text(limit)) - 1) {"
        }
    }

    private func each(_ name: String, _ list: String) -> String {
        switch self {
        case .python: "for \(name) in \(list):"
        case .javascript: "for (const \(name) of \(list)) {"
        case .ruby: "\(list).each do |\(name)|"
        case .lua: "for _, \(name) in ipairs(\(list)) do"
        case .perl: "for my $\(name) (@\(list)) {"
        }
    }

    private func failing(_ failure: SyntheticFailure) -> String {
        switch (self, failure) {
        case (.perl, .name): "nothing();"
        // A name that nobody gave a value has one all the same, which cannot be called.
        case (.lua, .name): "missing()"
        case (_, .name): shown(.variable("missing"))
        case (.python, .raised): "raise ValueError(\"bad\")"
        case (.javascript, .raised): "throw new Error(\"bad\");"
        case (.ruby, .raised): "raise \"bad\""
        case (.lua, .raised): "error(\"bad\")"
        case (.perl, .raised): "die \"bad\\n\";"
        }
    }

    // MARK: - Expressions

    private func variable(_ name: String) -> String { self == .perl ? "$" + name : name }

    private func text(_ expression: SyntheticExpression) -> String {
        switch expression {
        case .number(let number): return String(number)
        case .text(let text): return "\"\(text)\""
        case .variable(let name): return variable(name)
        case .arithmetic(let left, let sign, let right): return "\(operand(left)) \(sign) \(operand(right))"
        case .joined(let left, let right):
            let sign = self == .lua ? ".." : self == .perl ? "." : "+"
            return "\(text(left)) \(sign) \(text(right))"
        case .element(let list, let place):
            if self == .lua, case .number(let number) = place { return "\(list)[\(number + 1)]" }
            return "\(variable(list))[\(text(place))\(self == .lua ? " + 1" : "")]"
        case .listLength(let name):
            switch self {
            case .python: return "len(\(name))"
            case .javascript, .ruby: return "\(name).length"
            case .lua: return "#\(name)"
            case .perl: return "scalar(@\(name))"
            }
        case .textLength(let name):
            switch self {
            case .python: return "len(\(name))"
            case .javascript, .ruby: return "\(name).length"
            case .lua: return "#\(name)"
            case .perl: return "length($\(name))"
            }
        case .capitals(let name):
            switch self {
            case .python: return "\(name).upper()"
            case .javascript: return "\(name).toUpperCase()"
            case .ruby: return "\(name).upcase"
            case .lua: return "string.upper(\(name))"
            case .perl: return "uc($\(name))"
            }
        case .list(let numbers): return self == .lua ? "{\(Self.listed(numbers))}" : "[\(Self.listed(numbers))]"
        }
    }

    /// A part of a sum or a product, in brackets where it is one itself.
    private func operand(_ expression: SyntheticExpression) -> String {
        if case .arithmetic = expression { return "(\(text(expression)))" }
        return text(expression)
    }

    private static func listed(_ numbers: [Int]) -> String { numbers.map { String($0) }.joined(separator: ", ") }
}
