/// Draws made-up programs: arithmetic, texts, lists, branches and loops, now and then with a failure in them.
struct SyntheticGrammar {
    var draws: Draws
    private var used: Set<String> = []

    init(draws: Draws) { self.draws = draws }

    /// A program and what it is about.
    ///
    /// - Parameter failing: The share of programs that fail.
    mutating func program(failing: Double) -> (topic: String, statements: [SyntheticStatement]) {
        let topics = ["arithmetic", "strings", "lists", "branches", "loops"]
        let topic = topics[draws.below(topics.count)]
        var statements =
            switch topic {
            case "arithmetic": arithmetic()
            case "strings": strings()
            case "lists": lists()
            case "branches": branches()
            default: loops()
            }
        guard draws.happens(failing) else { return (topic, statements) }
        let failure = draws.pick(SyntheticFailure.allCases) ?? .raised
        // In front of the last statement or behind it: what was printed before the failure counts as well.
        statements.insert(.fail(failure), at: draws.happens(0.5) ? statements.count : statements.count - 1)
        return (topic, statements)
    }

    // MARK: - Topics

    private mutating func arithmetic() -> [SyntheticStatement] {
        let (a, b) = (name(), name())
        var statements: [SyntheticStatement] = [.make(a, number()), .make(b, number())]
        if draws.happens(0.4) { statements.append(.change(a, .arithmetic(.variable(a), sign(), number()))) }
        statements.append(.show(.arithmetic(.variable(a), sign(), .variable(b))))
        if draws.happens(0.3) { statements.append(.show(.variable(draws.happens(0.5) ? a : b))) }
        return statements
    }

    private mutating func strings() -> [SyntheticStatement] {
        let (a, b) = (name(), name())
        var statements: [SyntheticStatement] = [.make(a, word())]
        switch draws.below(4) {
        case 0: statements += [.make(b, word()), .show(.joined(.variable(a), .variable(b)))]
        case 1: statements += [.show(.capitals(a))]
        case 2: statements += [.show(.textLength(a))]
        default: statements += [.make(b, .joined(.variable(a), word())), .show(.joined(.variable(b), .variable(a)))]
        }
        return statements
    }

    private mutating func lists() -> [SyntheticStatement] {
        let (xs, sum) = (name(), name())
        let numbers = (0..<(2 + draws.below(3))).map { _ in draws.below(10) }
        var statements: [SyntheticStatement] = [.make(xs, .list(numbers))]
        let place = { (draws: inout Draws) in SyntheticExpression.number(draws.below(numbers.count)) }
        switch draws.below(4) {
        case 0: statements.append(.show(.element(xs, place(&draws))))
        case 1:
            statements.append(.show(.arithmetic(.element(xs, place(&draws)), "+", .element(xs, place(&draws)))))
        case 2: statements.append(.show(.listLength(xs)))
        default:
            let x = name()
            statements += [
                .make(sum, .number(0)), .each(x, xs, [.change(sum, .arithmetic(.variable(sum), "+", .variable(x)))]),
                .show(.variable(sum)),
            ]
        }
        return statements
    }

    private mutating func branches() -> [SyntheticStatement] {
        let (a, b) = (name(), name())
        let condition = SyntheticCondition(
            left: .variable(a), sign: draws.pick(["<", ">", "=="]) ?? "<",
            right: draws.happens(0.5) ? .variable(b) : number())
        let (yes, no) = (choice(a, b), choice(a, b))
        return [.make(a, number()), .make(b, number()), .choose(condition, [.show(yes)], [.show(no)])]
    }

    private mutating func choice(_ a: String, _ b: String) -> SyntheticExpression {
        switch draws.below(3) {
        case 0: word()
        case 1: .variable(draws.happens(0.5) ? a : b)
        default: .arithmetic(.variable(a), sign(), number())
        }
    }

    private mutating func loops() -> [SyntheticStatement] {
        let (i, total) = (name(), name())
        let limit = SyntheticExpression.number(2 + draws.below(4))
        switch draws.below(3) {
        case 0: return [.count(i, limit, [.show(.arithmetic(.variable(i), sign(), number()))])]
        case 1:
            return [
                .make(total, number()),
                .count(i, limit, [.change(total, .arithmetic(.variable(total), "+", .variable(i)))]),
                .show(.variable(total)),
            ]
        default:
            let xs = name()
            let numbers = (0..<(2 + draws.below(3))).map { _ in draws.below(10) }
            return [
                .make(xs, .list(numbers)),
                .each(i, xs, [.show(.arithmetic(.variable(i), sign(), number()))]),
            ]
        }
    }

    // MARK: - Parts

    private mutating func name() -> String {
        let names = ["a", "b", "c", "n", "x", "y", "k", "m"].filter { !used.contains($0) }
        let name = draws.pick(names) ?? "z"
        used.insert(name)
        return name
    }

    private mutating func number() -> SyntheticExpression { .number(draws.below(10)) }

    private mutating func sign() -> String { draws.pick(["+", "+", "-", "*"]) ?? "+" }

    private mutating func word() -> SyntheticExpression {
        .text(draws.pick(["cat", "dog", "red", "sun", "map", "ox", "tea", "key", "up", "no"]) ?? "cat")
    }
}
