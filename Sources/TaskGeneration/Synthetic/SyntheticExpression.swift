/// An expression of a made-up program, before it is written in a language.
indirect enum SyntheticExpression: Sendable, Hashable {
    case number(Int)
    case text(String)
    case variable(String)
    /// Two numbers and `+`, `-`, `*` or `%`.
    case arithmetic(SyntheticExpression, String, SyntheticExpression)
    /// Two texts, one behind the other.
    case joined(SyntheticExpression, SyntheticExpression)
    /// The element of a list at a place, counted from 0.
    case element(String, SyntheticExpression)
    /// How many elements a list, or characters a text, has.
    case listLength(String)
    case textLength(String)
    /// The text in capital letters.
    case capitals(String)
    /// A list, written out.
    case list([Int])
}

/// A condition: two numbers and `<`, `>` or `==`.
struct SyntheticCondition: Sendable, Hashable {
    var left: SyntheticExpression
    var sign: String
    var right: SyntheticExpression
}

/// A statement of a made-up program.
indirect enum SyntheticStatement: Sendable, Hashable {
    /// A variable gets its first value.
    case make(String, SyntheticExpression)
    /// A variable gets another value.
    case change(String, SyntheticExpression)
    case show(SyntheticExpression)
    case choose(SyntheticCondition, [SyntheticStatement], [SyntheticStatement])
    /// A variable goes from 0 up to a number.
    case count(String, SyntheticExpression, [SyntheticStatement])
    /// A variable goes through a list.
    case each(String, String, [SyntheticStatement])
    /// The program fails here.
    case fail(SyntheticFailure)
}

/// A way in which a made-up program fails.
enum SyntheticFailure: Sendable, Hashable, CaseIterable {
    /// A name that nothing has.
    case name
    /// An error that the program raises itself.
    case raised
}
