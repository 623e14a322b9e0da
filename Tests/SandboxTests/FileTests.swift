import Sandbox
import Testing

@Suite("Files of a run")
struct FileTests {
    @Test("are put in, and the named ones are fetched", .timeLimit(.minutes(5)), arguments: IsolationLevel.allCases)
    func inAndOut(level: IsolationLevel) async throws {
        let sandbox = try SandboxRunner(SandboxOptions(strongest: level))
        let large = [UInt8](repeating: 7, count: 3 << 20)
        let result = try await sandbox.run(
            SandboxCommand(
                arguments: ["/bin/sh", "-c", "cat deep/er/a.txt; cp large copy; ln -s copy link; mkfifo pipe"],
                inputFiles: [
                    InputFile(path: "deep/er/a.txt", content: .bytes(Array("inside".utf8))),
                    InputFile(path: "large", content: .bytes(large)),
                ],
                outputFiles: ["copy", "link", "pipe", "deep", "absent", "../copy", "/etc/passwd"]))
        #expect(result.stdout.text == "inside")
        #expect(result.stderr.text == "")
        #expect(result.outputFiles.keys.sorted() == ["copy"])
        #expect(result.outputFiles["copy"]?.bytes() == large)
    }

    @Test("may come from an open descriptor", .timeLimit(.minutes(5)))
    func fromDescriptor() async throws {
        let sandbox = try SandboxRunner()
        let made = try await sandbox.run(
            SandboxCommand(arguments: ["/bin/sh", "-c", "echo 'echo ran' > script"], outputFiles: ["script"]))
        let script = try #require(made.outputFiles["script"])
        let result = try await sandbox.run(
            SandboxCommand(
                arguments: ["/bin/sh", "script"],
                inputFiles: [
                    InputFile(path: "script", content: .file(descriptor: script.descriptor, size: script.size))
                ]))
        #expect(result.stdout.text == "ran\n")
    }

    @Test(
        "with paths that could leave the box are refused", .timeLimit(.minutes(5)),
        arguments: ["", "/etc/x", "../x", "a/../../x", "a//b", ".", "a/.", String(repeating: "x", count: 300), "a\0b"])
    func badPaths(path: String) async throws {
        let sandbox = try SandboxRunner()
        await #expect(throws: SandboxError.self) {
            try await sandbox.run(
                SandboxCommand(arguments: ["/bin/true"], inputFiles: [InputFile(path: path, content: .bytes([]))]))
        }
        // The sandbox still works.
        let next = try await sandbox.run(SandboxCommand(arguments: ["/bin/true"]))
        #expect(next.termination == .exited(0))
    }

    @Test("that one run leaves are not seen by the next", .timeLimit(.minutes(5)), arguments: IsolationLevel.allCases)
    func cleanSlot(level: IsolationLevel) async throws {
        let sandbox = try SandboxRunner(SandboxOptions(slots: 1, strongest: level))
        let tmp = level == .landlock ? "../tmp" : "/tmp"
        let litter = """
            mkdir -p a/b/c d; touch a/b/c/x \(tmp)/left; chmod 000 a/b; chmod 000 d; chmod 500 .; touch -d 2001-01-01 .
            """
        _ = try await sandbox.run(SandboxCommand(arguments: ["/bin/sh", "-c", litter]))
        let look = try await sandbox.run(
            SandboxCommand(arguments: ["/bin/sh", "-c", "ls -A . \(tmp); stat -c %a .; echo $$"]))
        #expect(look.stderr.text == "")
        #expect(!look.stdout.text.contains("left"))
        #expect(look.stdout.text.contains("\n755\n"))
        if level != .landlock { #expect(look.stdout.text.hasSuffix("\n3\n"), "every run's command is pid 3") }
    }
}
