import Sandbox

extension SandboxRunner {
    /// Runs a command; a sandbox that fails gets one more chance.
    func runTwiceAtMost(_ command: SandboxCommand) async throws(PluginError) -> ExecutionResult {
        do throws(SandboxError) {
            return try await run(command)
        } catch {
            do throws(SandboxError) {
                return try await run(command)
            } catch {
                throw PluginError(error)
            }
        }
    }
}
