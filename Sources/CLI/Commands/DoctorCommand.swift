import ArgumentParser
import Pipeline

/// `retort doctor`: what this host offers.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what isolates programs here, who enforces each limit, and what is missing.",
        discussion: """
            The exit code is 2 when no program could be run, or not as strongly as --require says.

            Example:
              retort doctor
              retort doctor --json --require full
            """
    )

    @Flag(help: "Print one JSON object instead.")
    var json = false

    @OptionGroup var environment: EnvironmentArguments

    func run() async throws {
        let report = try DoctorReport(environment.options())
        try LineSink.standardOutput.write(Array((json ? report.json + "\n" : report.text).utf8))
        if !report.canRun { throw ExitCode(2) }
    }
}
