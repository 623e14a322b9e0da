import JSON
import Pipeline

/// A request as NeMo-Gym sends it to a resources server: `{"responses_create_params", "response", "verifier_metadata"}`.
struct NeMoGymRequest: Sendable {
    /// The rollout: the last text of the response, and the task that the metadata holds.
    var item: JSONValue
    private let body: JSONObject

    /// Reads a request whose metadata has `unit_tests` as that project's code environments do, or a `task` of ours.
    init(_ json: JSONValue) throws(ServiceProblem) {
        do throws(JSONError) {
            let fields = try JSONFields(json)
            body = fields.members
            let metadata = try fields.object("verifier_metadata")
            var text = ""
            for output in try fields.object("response").objects("output") where output.value("type") == "message" {
                for part in try output.optionalObjects("content") ?? [] where part.value("type") == "output_text" {
                    text = try part.string("text")
                }
            }
            let task: JSONValue
            if let own = metadata.value("task") {
                task = own
            } else {
                var tests = try metadata.object("unit_tests").members
                tests["language"] = metadata.value("language") ?? "python"
                task = .object(tests)
            }
            item = ["id": "0", "task": task, "completion": .string(text)]
        } catch {
            throw ServiceProblem(error)
        }
    }

    /// The request with its reward; a sample that we failed to judge is masked, as that trainer can be told to.
    func answer(_ line: JSONObject) -> JSONObject {
        var answer = body
        let isFailure = line["infra_error"] != 0
        answer["reward"] = isFailure ? 0.0 : line["reward"] ?? .null
        var components: JSONObject = [:]
        for (name, value) in line where !ScoreLine.ownKeys.contains(name) { components[name] = value }
        answer["reward_components"] = .object(components)
        if isFailure { answer["instance_config"] = ["mask_sample": true] }
        return answer
    }
}
