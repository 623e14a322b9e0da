import ArgumentParser
import Glibc
import Pipeline

/// The `retort` command.
@main
struct Tool: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retort",
        abstract: "Run untrusted programs in a sandbox and turn what they do into rewards.",
        discussion: """
            Example:
              retort run hello.py
              retort score rollouts.jsonl --output scores.jsonl --summary

            Exit codes: 0 done, 1 the input or the output is at fault, 2 no sandbox as strong as required, 64 usage.
            """,
        subcommands: [
            RunCommand.self, ScoreCommand.self, CurateCommand.self, GenerateCommand.self, TrainCommand.self,
            EvaluateCommand.self, ReportCommand.self, ModelCommand.self, ServeCommand.self, PluginsCommand.self,
            DoctorCommand.self,
        ]
    )

    /// Runs the command that the arguments name, and turns every failure into its lines and its exit code.
    static func main() async {
        StandardStreams.prepare()
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            Failure(error).exit()
        }
    }
}
