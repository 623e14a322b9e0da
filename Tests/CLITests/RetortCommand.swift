import Foundation
import Testing

/// The real binary, run as a person or a script runs it.
struct RetortCommand {
    /// What came of it.
    struct Outcome {
        var code: Int32
        var stdout: [UInt8]
        var stderr: String

        /// Standard output as text.
        var text: String { String(decoding: stdout, as: UTF8.self) }
        /// The lines of standard output.
        var lines: [String] { text.split(separator: "\n").map(String.init) }
        /// The lines that begin with `error:`.
        var errors: [String] { stderr.split(separator: "\n").map(String.init).filter { $0.hasPrefix("error:") } }
    }

    /// The folder of the build, in which the test runner lies too.
    static let buildFolder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path

    /// Runs `retort` with arguments.
    ///
    /// - Parameters:
    ///   - redirection: What a shell is to do with the descriptors, such as `>&-` or `>/dev/full`.
    ///   - preparation: What a shell is to do before, such as `ulimit -f 100;`.
    static func run(
        _ arguments: [String],
        input: String = "",
        redirection: String = "",
        preparation: String = "",
        environment: [String: String] = [:]
    ) throws -> Outcome {
        let scratch = try ScratchFolder()
        let process = try start(
            arguments,
            input: scratch.file("stdin", input),
            output: "\(scratch.path)/stdout",
            errors: "\(scratch.path)/stderr",
            redirection: redirection,
            preparation: preparation,
            environment: environment
        )
        process.waitUntilExit()
        return Outcome(
            code: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
            stdout: try scratch.bytes("stdout"),
            stderr: try scratch.text("stderr")
        )
    }

    /// Starts `retort` and comes back at once.
    static func start(
        _ arguments: [String],
        input: String = "/dev/null",
        output: String,
        errors: String,
        redirection: String = "",
        preparation: String = "",
        environment: [String: String] = [:]
    ) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        // exec, so that a signal to the process is a signal to retort.
        process.arguments =
            ["-c", "\(preparation) exec \"$0\" \"$@\" \(redirection)", "\(buildFolder)/retort"] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle(forReadingAtPath: input)
        process.standardOutput = try handle(writing: output)
        process.standardError = try handle(writing: errors)
        try process.run()
        return process
    }

    private static func handle(writing path: String) throws -> FileHandle {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        return try FileHandle(forWritingTo: URL(filePath: path))
    }
}
