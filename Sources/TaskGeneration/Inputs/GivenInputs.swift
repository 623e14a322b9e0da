import JSON
import Tasks

/// The inputs that come with a snippet's line.
enum GivenInputs {
    /// Reads the fields `stdin`, `inputs`, `call`, `calls`, `input` and the usual test-case formats.
    ///
    /// What cannot be read is passed over: the fields of a corpus are somebody else's.
    static func inputs(of snippet: Snippet) -> [ProgramInput] {
        var inputs: [ProgramInput] = []
        let fields = snippet.fields
        if let stdin = fields["stdin"]?.string { inputs.append(ProgramInput(stdin: Array(stdin.utf8))) }
        for call in [fields["call"]].compactMap({ $0?.string }) + (fields["calls"]?.array ?? []).compactMap(\.string) {
            inputs.append(ProgramInput(call: call))
        }
        for value in fields["inputs"]?.array ?? [] {
            if let text = value.string {
                inputs.append(ProgramInput(stdin: Array(text.utf8)))
            } else if let object = value.object {
                inputs.append(
                    ProgramInput(
                        stdin: Array((object["stdin"]?.string ?? "").utf8),
                        arguments: object["args"]?.array?.compactMap(\.string) ?? [], call: object["call"]?.string))
            }
        }
        // A row of CRUXEval: the arguments of f.
        if let arguments = fields["input"]?.string, fields["inputs"] == nil {
            inputs.append(ProgramInput(call: "\(fields["function"]?.string ?? "f")(\(arguments))"))
        }
        inputs += testInputs(snippet)
        return inputs.filter { input in
            input.stdin.count <= 1 << 16 && (input.call?.utf8.count ?? 0) <= 4096
                && input.call?.utf8.contains(0x0A) != true
        }
    }

    /// The inputs of test cases in whatever format they come.
    private static func testInputs(_ snippet: Snippet) -> [ProgramInput] {
        var row = snippet.fields
        guard row["input_output"] != nil || row["tests"] != nil || row["test_cases"] != nil else { return [] }
        row["language"] = .string(snippet.language)
        guard let task = try? CodeTask(reading: .object(row)) else { return [] }
        return task.tests.compactMap { test in
            switch test.kind {
            case .stdin: return test.input
            case .call(let name, let arguments):
                return ProgramInput(call: "\(name)(\(arguments.map { $0.serialized() }.joined(separator: ", ")))")
            case .program: return nil
            }
        }
    }
}
