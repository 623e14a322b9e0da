/// How a program is given what it works on.
public enum ExecutionForm: String, Sendable, Hashable, CaseIterable {
    /// It is given nothing.
    case noInput = "noinput"
    /// It reads standard input.
    case stdin
    /// One of its functions is called, and the result is printed.
    case function
}
