/// What an attack runs.
enum AttackProgram: Sendable {
    /// A function of the compiled attacks, by name.
    case c(String)
    /// A program of `Attacks/Standalone`, by name.
    case standalone(String)
    /// A Python program.
    case python(String)
    /// A Bash program.
    case bash(String)
    /// A command that is in the box.
    case command([String])
}
