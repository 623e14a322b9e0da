import Foundation

/// Lines of rollouts as tests need them.
enum RolloutLine {
    /// A prediction of what a program prints; scoring it runs nothing.
    static func prediction(_ id: String, answer: String = "4", truth: String = "4\n") -> String {
        object([
            "id": id,
            "task": [
                "version": 1, "kind": "forward", "id": "t", "language": "python", "program": "print(2 + 2)\n",
                "truth": ["stdout": truth, "stderr": "", "exit_code": 0],
            ],
            "completion": "```answer_stdout\n\(answer)\n```\n\n```answer_stderr\n\n```\n",
        ])
    }

    /// A program in Python with one test: it reads 21 and is to print 42.
    static func program(_ id: String, _ code: String, language: String = "python", limits: [String: Int] = [:])
        -> String
    {
        object([
            "id": id,
            "task": [
                "version": 1, "kind": "tests", "id": "t", "language": language, "limits": limits,
                "tests": [["name": "one", "kind": "stdin", "stdin": "21\n", "expected": "42\n"]],
            ],
            "completion": "```\(language)\n\(code)\n```\n",
        ])
    }

    private static func object(_ value: [String: Any]) -> String {
        let data = try? JSONSerialization.data(withJSONObject: value, options: [.sortedKeys])
        return String(decoding: data ?? Data(), as: UTF8.self) + "\n"
    }

    /// The members of a line of output.
    static func read(_ line: String) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    }
}
