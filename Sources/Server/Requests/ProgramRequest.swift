import JSON
import LanguagePlugins
import Tasks

/// One program to run on one input.
struct ProgramRequest: Sendable {
    /// The program and the files beside it.
    var program: SourceProgram
    /// What it is given.
    var input: ProgramInput
    /// What it may use; nil leaves all of it to the language.
    var limits: TaskLimits?

    /// Makes a request.
    init(program: SourceProgram, input: ProgramInput = ProgramInput(), limits: TaskLimits? = nil) {
        self.program = program
        self.input = input
        self.limits = limits
    }

    /// Reads a request.
    ///
    /// - Throws: `ServiceProblem` with the path of what is wrong.
    init(_ json: JSONValue, path: JSONPath = .root) throws(ServiceProblem) {
        do throws(JSONError) {
            let fields = try JSONFields(json, path: path)
            try fields.rejectUnknown(allowed: [
                "program", "program_base64", "language", "stdin", "stdin_base64", "args", "files", "limits",
            ])
            for name in ["program", "stdin"] where fields.value(name) != nil && fields.value(name + "_base64") != nil {
                throw fields.error("give \"\(name)\" or \"\(name)_base64\", not both", at: name + "_base64")
            }
            guard let source = try fields.bytes("program") else { throw fields.error("missing field \"program\"") }
            if source.isEmpty { throw fields.error("is empty", at: "program") }
            program = SourceProgram(
                language: try fields.string("language"), source: source, files: try Self.files(fields))
            input = ProgramInput(
                stdin: try fields.bytes("stdin") ?? [], arguments: try fields.optionalStrings("args") ?? [])
            limits = try fields.optionalObject("limits").map { fields throws(JSONError) in
                try TaskLimits(fields: fields)
            }
        } catch {
            throw ServiceProblem(error)
        }
    }

    private static func files(_ fields: JSONFields) throws(JSONError) -> [String: [UInt8]] {
        guard let object = try fields.optionalObject("files") else { return [:] }
        var files: [String: [UInt8]] = [:]
        for name in object.members.keys {
            if let text = object.members[name]?.string {
                files[name] = Array(text.utf8)
            } else {
                let file = try object.object(name)
                try file.rejectUnknown(allowed: ["base64"])
                guard let bytes = Base64.decode(try file.string("base64")) else {
                    throw file.error("is not base64", at: "base64")
                }
                files[name] = bytes
            }
        }
        return files
    }
}
