/// A way in which a program is made another, by the name that a configuration calls it.
public enum EditKind: String, Sendable, Hashable, CaseIterable {
    /// A sign between two numbers becomes another.
    case binaryOperator = "binary_operator"
    /// `and` becomes `or`, and the other way round.
    case booleanOperator = "boolean_operator"
    /// A sign before a value becomes another.
    case unaryOperator = "unary_operator"
    /// The sign of an assignment that changes a variable becomes another.
    case augmentedAssignment = "augmented_assignment"
    /// A comparison becomes another.
    case comparison
    /// The test of a condition is negated.
    case negation
    /// A digit of a number becomes another.
    case digits

    /// A name becomes another, wherever it stands.
    case renaming
    /// A statement that does nothing is put in.
    case deadCode = "dead_code"
    /// Blank lines and blanks are put in and taken out.
    case layout
    /// A comment is taken out.
    case comments
    /// Two statements that have nothing to do with each other change places.
    case reordering

    /// A sign that the parser needs is taken out.
    case syntaxError = "syntax_error"
    /// A name is misspelt where it is used.
    case nameError = "name_error"
    /// A value of the wrong type takes part.
    case typeError = "type_error"
    /// A place behind the end of a sequence is asked for.
    case indexError = "index_error"
    /// A key that is not there is asked for.
    case keyError = "key_error"
    /// A value that cannot be converted is given.
    case valueError = "value_error"
    /// Something is divided by zero.
    case zeroDivision = "zero_division"

    /// What an edit does to the meaning of a program.
    public enum Effect: Sendable, Hashable {
        /// It may do something else, which is then its truth.
        case changing
        /// It must do the same, which is checked.
        case preserving
        /// It must fail, which is checked.
        case corrupting
    }

    /// What an edit of this kind does to the meaning of a program.
    public var effect: Effect {
        switch self {
        case .binaryOperator, .booleanOperator, .unaryOperator, .augmentedAssignment, .comparison, .negation, .digits:
            .changing
        case .renaming, .deadCode, .layout, .comments, .reordering: .preserving
        case .syntaxError, .nameError, .typeError, .indexError, .keyError, .valueError, .zeroDivision: .corrupting
        }
    }
}
