import Glibc
import JSON
import Tasks

@testable import LanguagePlugins

/// Programs of the rollouts in the fixtures: a model's answer with the test behind it, or the program of a task.
enum RealProgram {
    /// The Python programs of a file.
    static func all(in path: String) throws -> [SampleProgram] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var reader = JSONLineReader(descriptor: descriptor)
        var programs: [SampleProgram] = []
        while let line = try reader.next() {
            let rollout = try Rollout(line: line)
            guard rollout.task.language == "python" else { continue }
            var source = rollout.task.program
            if source.isEmpty {
                let fence = rollout.completion.text.split(separator: "```python\n", maxSplits: 1).last ?? ""
                source = String(fence.split(separator: "\n```", maxSplits: 1).first ?? "")
            }
            programs.append(SampleProgram(name: rollout.id, source: Array(source.utf8)))
            for test in rollout.task.tests {
                guard case .program(let code) = test.kind else { continue }
                programs[programs.count - 1].source += Array("\n\(code)".utf8)
            }
        }
        return programs
    }
}
