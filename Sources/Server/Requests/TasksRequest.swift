import JSON
import Pipeline

/// Snippets to make tasks of, and how.
struct TasksRequest: Sendable {
    /// The snippets as they came.
    var snippets: [JSONValue]
    /// How.
    var generation: GenerationRequest

    /// Reads a request.
    ///
    /// - Throws: `ServiceProblem` with the path of what is wrong; the snippets are read one by one, later.
    init(_ json: JSONValue, path: JSONPath = .root) throws(ServiceProblem) {
        let format: String
        var settings: JSONObject
        let isPlain: Bool
        do throws(JSONError) {
            let fields = try JSONFields(json, path: path)
            let shorthands = ["seed", "epoch", "tasks_per_snippet", "mix"]
            try fields.rejectUnknown(allowed: ["snippets", "format", "plain", "settings"] + shorthands)
            snippets = try fields.array("snippets")
            format = try fields.optionalString("format") ?? "retort"
            isPlain = try fields.optionalBool("plain") ?? false
            settings = try fields.optionalObject("settings")?.members ?? [:]
            for name in shorthands { settings[name] = fields.value(name) ?? settings[name] }
        } catch {
            throw ServiceProblem(error)
        }
        do throws(PipelineError) {
            generation = try GenerationRequest(format: format, settings: settings)
        } catch {
            throw ServiceProblem(error)
        }
        if isPlain { generation.changeNothing() }
    }
}
