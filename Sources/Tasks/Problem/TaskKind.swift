/// What a task asks for.
public enum TaskKind: String, Sendable, Hashable, CaseIterable {
    /// Predict what the program prints.
    case forward
    /// Fill in the lines that were masked out of the program.
    case backward
    /// Find an input with which the program does what is shown.
    case input
    /// Mend a program that was corrupted, so that it does what it did.
    case repair
    /// Write a program that passes tests.
    case tests
    /// Write a program that runs; nothing is compared.
    case free
}
