import ArgumentParser
import Glibc
import Pipeline

/// The lines and the exit code that an error comes to.
struct Failure {
    private let error: any Error

    /// Takes an error as a command threw it.
    init(_ error: any Error) {
        self.error = error
    }

    /// Prints the lines and ends the process.
    func exit() -> Never {
        Console.standard.clearProgress()
        if let failure = error as? PipelineError {
            Console.standard.error(failure.message, hint: failure.hint)
            Glibc.exit(failure.kind == .noSandbox ? 2 : 1)
        }
        let code = Tool.exitCode(for: error)
        let text = Tool.fullMessage(for: error)
        if code == .success {
            print(help: text)
        } else if code == .validationFailure {
            printUsage(text)
        } else if !text.isEmpty {
            Console.standard.error(Tool.message(for: error))
        }
        Glibc.exit(code.rawValue)
    }

    /// Help and lists are what was asked for: they belong on standard output, and a failure to write them counts.
    private func print(help text: String) {
        do throws(PipelineError) {
            try LineSink.standardOutput.write(Array((text + "\n").utf8))
        } catch {
            Console.standard.error(error.message)
            Glibc.exit(1)
        }
    }

    /// The parser's text ends with the command whose help says more.
    private func printUsage(_ text: String) {
        let see = text.split(separator: "\n").last { $0.contains("--help") }
        let hint = see?.split(separator: "'").first { $0.hasPrefix("retort") }.map { "see '\($0)'" }
        var message = Tool.message(for: error)
        if message.last == "." { message.removeLast() }
        Console.standard.error(message, hint: hint)
    }
}
