import Tasks

/// The inputs that are known for a snippet, by the way in which they are given.
struct InputPool: Sendable {
    /// The inputs that came with the snippet or were found in it, each once, in a fixed order.
    private(set) var inputs: [ExecutionForm: [ProgramInput]] = [:]

    /// Adds an input that is not known yet.
    mutating func add(_ input: ProgramInput) {
        let form: ExecutionForm = input.call != nil ? .function : input.stdin.isEmpty ? .noInput : .stdin
        if inputs[form]?.contains(input) != true { inputs[form, default: []].append(input) }
    }

    /// The forms in which the program can be run, those with known inputs.
    var forms: [ExecutionForm] { ExecutionForm.allCases.filter { inputs[$0]?.isEmpty == false } }

    /// The inputs of a form.
    subscript(form: ExecutionForm) -> [ProgramInput] { inputs[form] ?? [] }
}
