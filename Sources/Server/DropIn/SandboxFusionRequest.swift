import JSON
import LanguagePlugins
import Tasks

/// A request as SandboxFusion's `POST /run_code` takes it.
struct SandboxFusionRequest: Sendable {
    /// The program and its files.
    var program: SourceProgram
    /// What it reads.
    var input: ProgramInput
    /// Time by the clock for compiling.
    var compileTime: Duration
    /// What the run may use.
    var limits: TaskLimits

    /// Languages that are called otherwise there than in any of our plugins' aliases.
    private static let languages = ["nodejs": "javascript", "jest": "javascript", "D_ut": "d", "R": "r"]

    /// Reads a request.
    ///
    /// Fields that are not known are passed over, as that server does.
    init(_ json: JSONValue, path: JSONPath = .root) throws(ServiceProblem) {
        do throws(JSONError) {
            let fields = try JSONFields(json, path: path)
            let name = try fields.string("language")
            program = SourceProgram(
                language: Self.languages[name] ?? name, source: Array(try fields.string("code").utf8),
                files: try Self.files(fields))
            input = ProgramInput(stdin: Array((try fields.optionalString("stdin") ?? "").utf8))
            compileTime = try Self.seconds("compile_timeout", fields)
            let time = try Self.seconds("run_timeout", fields)
            // Clients stop listening some seconds behind this time by the clock, so it must not grow with the load.
            limits = TaskLimits(cpuTime: time, wallTime: time - .milliseconds(1))
            if let megabytes = try fields.optionalInteger("memory_limit_MB"), megabytes > 0 {
                limits.memory = min(megabytes, 1 << 20) << 20
            }
            if let names = try fields.optionalStrings("fetch_files"), !names.isEmpty {
                throw fields.error("files that a program writes are not kept", at: "fetch_files")
            }
        } catch {
            throw ServiceProblem(error)
        }
    }

    private static func seconds(_ name: String, _ fields: JSONFields) throws(JSONError) -> Duration {
        let seconds = try fields.optionalDouble(name) ?? 10
        guard seconds > 0, seconds <= 1e6 else {
            throw fields.error("must be above 0 and at most 1e6 seconds", at: name)
        }
        return .seconds(seconds)
    }

    private static func files(_ fields: JSONFields) throws(JSONError) -> [String: [UInt8]] {
        guard let object = try fields.optionalObject("files") else { return [:] }
        var files: [String: [UInt8]] = [:]
        for name in object.members.keys {
            guard let encoded = try object.optionalString(name) else { continue }
            guard let bytes = Base64.decode(encoded) else { throw object.error("is not base64", at: name) }
            files[name] = bytes
        }
        return files
    }
}
