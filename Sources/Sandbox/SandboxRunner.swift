/// Runs commands in boxes.
public final class SandboxRunner: Sendable {
    /// What isolates the runs of this sandbox.
    public let isolation: IsolationReport

    /// Prepares a sandbox at the strongest level that the host offers.
    ///
    /// - Throws: `SandboxError` when the host offers less than `options.require`.
    public init(_ options: SandboxOptions = SandboxOptions()) throws(SandboxError) {
        throw SandboxError(stage: "start", message: "the engine is not in this build")
    }

    /// Runs one command and says exactly what happened.
    ///
    /// - Throws: `SandboxError` for failures of the sandbox itself; a program that fails is a result.
    public func run(_ command: SandboxCommand) async throws(SandboxError) -> ExecutionResult {
        throw SandboxError(stage: "start", message: "the engine is not in this build")
    }

    /// Ends every run and every launcher.
    public func shutdown() {}
}
