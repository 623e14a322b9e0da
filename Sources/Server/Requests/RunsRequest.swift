import JSON

/// The name of a training run whose metrics are wanted.
struct RunsRequest: Sendable {
    /// The run.
    var run: String

    /// Reads a request.
    ///
    /// - Throws: `ServiceProblem` with the path of what is wrong.
    init(_ json: JSONValue) throws(ServiceProblem) {
        do throws(JSONError) {
            let fields = try JSONFields(json)
            try fields.rejectUnknown(allowed: ["run"])
            run = try fields.string("run")
        } catch {
            throw ServiceProblem(error)
        }
    }
}
