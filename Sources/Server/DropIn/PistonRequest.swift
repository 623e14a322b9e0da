import JSON
import LanguagePlugins
import Tasks

/// A request as Piston's `POST /api/v2/execute` takes it.
struct PistonRequest: Sendable {
    /// The first file and those beside it.
    var program: SourceProgram
    /// The version that is asked for, as a range of semver.
    var version: String
    /// What the program is given.
    var input: ProgramInput
    /// Time by the clock for compiling.
    var compileTime: Duration
    /// What the run may use.
    var limits: TaskLimits

    /// Reads a request.
    ///
    /// - Parameter most: What may be asked for; more is an error there, not lowered.
    init(_ json: JSONValue, most: TaskLimits) throws(ServiceProblem) {
        do throws(JSONError) {
            let fields = try JSONFields(json)
            let language = try fields.string("language")
            version = try fields.string("version")
            let files = try fields.objects("files")
            guard !files.isEmpty else { throw fields.error("must hold a file", at: "files") }
            var contents: [(name: String?, bytes: [UInt8], isText: Bool)] = []
            for file in files { contents.append(try Self.content(of: file)) }
            // The first that is text is the program.
            let main = contents.firstIndex { $0.isText } ?? 0
            program = SourceProgram(language: language, source: contents[main].bytes)
            for (place, file) in contents.enumerated() where place != main {
                program.files[file.name ?? "file\(place).code"] = file.bytes
            }
            let stdin = try fields.optionalString("stdin") ?? ""
            input = ProgramInput(
                stdin: stdin.isEmpty ? [] : Array((stdin + "\n").utf8),
                arguments: try fields.optionalStrings("args") ?? [])
            compileTime = try Self.milliseconds("compile_timeout", fields, most: .seconds(600)) ?? .seconds(10)
            limits = TaskLimits(
                cpuTime: try Self.milliseconds("run_cpu_time", fields, most: most.cpuTime) ?? .seconds(3),
                wallTime: try Self.milliseconds("run_timeout", fields, most: most.wallTime) ?? .seconds(3))
            if let bytes = try fields.optionalInteger("run_memory_limit"), bytes > 0 {
                if let most = most.memory, bytes > most {
                    throw fields.error("is above the limit of \(most)", at: "run_memory_limit")
                }
                limits.memory = bytes
            }
        } catch {
            throw ServiceProblem(error)
        }
    }

    /// Whether a toolchain's version is one that was asked for: `*`, the version or its beginning, with or without an
    /// operator of semver.
    func matches(_ text: String) -> Bool {
        let wanted = version.drop { !$0.isNumber }
        if wanted.isEmpty || version.contains("*") { return true }
        let known = Self.number(in: text).split(separator: ".").map { Int($0) ?? 0 }
        // `3.x` asks for no more than `3`.
        let asked = wanted.split(separator: ".").prefix { $0.first?.isNumber == true }
            .map { Int($0.prefix { $0.isNumber }) ?? 0 }
        if version.hasPrefix(">") { return !known.lexicographicallyPrecedes(asked) }
        if version.hasPrefix("^") { return known.first == asked.first && !known.lexicographicallyPrecedes(asked) }
        return known.starts(with: asked)
    }

    /// The version number in what a toolchain says of itself.
    static func number(in text: String) -> String {
        let words = text.split { !$0.isNumber && $0 != "." }
        return words.first { $0.first?.isNumber == true && $0.contains(".") }.map { String($0) } ?? "0.0.0"
    }

    private static func content(of file: JSONFields) throws(JSONError) -> (String?, [UInt8], Bool) {
        let text = try file.string("content")
        let name = try file.optionalString("name")
        switch try file.optionalString("encoding") ?? "utf8" {
        case "utf8": return (name, Array(text.utf8), true)
        case "base64":
            guard let bytes = Base64.decode(text) else { throw file.error("is not base64", at: "content") }
            return (name, bytes, false)
        case "hex":
            guard let bytes = bytes(hex: text) else { throw file.error("is not hexadecimal", at: "content") }
            return (name, bytes, false)
        case let other: throw file.error("unknown value \"\(other)\"; known are utf8, base64, hex", at: "encoding")
        }
    }

    private static func bytes(hex text: String) -> [UInt8]? {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == text.count, digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    private static func milliseconds(_ name: String, _ fields: JSONFields, most: Duration?) throws(JSONError)
        -> Duration?
    {
        guard let number = try fields.optionalDouble(name), number > 0 else { return nil }
        let time = Duration.milliseconds(min(number, 1e12))
        if let most, time > most {
            throw fields.error("is above the limit of \(Int(most / .milliseconds(1)))", at: name)
        }
        return time
    }
}
