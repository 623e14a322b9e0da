public import JSON
import Pipeline
public import Rewards

/// Items to score, and how.
public struct ScoreRequest: Sendable {
    /// The rollouts as they came.
    public var items: [JSONValue]
    /// The way to reward; nil means the service's own.
    public var preset: RewardPreset?
    /// Whether each result says what stands behind it.
    public var includesDetail: Bool
    /// Whether results are wanted one by one.
    public var isStreamed: Bool

    /// Makes a request.
    public init(
        items: [JSONValue], preset: RewardPreset? = nil, includesDetail: Bool = false, isStreamed: Bool = false
    ) {
        self.items = items
        self.preset = preset
        self.includesDetail = includesDetail
        self.isStreamed = isStreamed
    }

    /// Reads a request.
    ///
    /// - Throws: `ServiceProblem` with the path of what is wrong; the items are read one by one, later.
    public init(_ json: JSONValue, path: JSONPath = .root) throws(ServiceProblem) {
        do throws(JSONError) {
            let fields = try JSONFields(json, path: path)
            try fields.rejectUnknown(allowed: ["items", "preset", "rewards", "detail", "stream"])
            items = try fields.array("items")
            includesDetail = try fields.optionalBool("detail") ?? false
            isStreamed = try fields.optionalBool("stream") ?? false
            let name = try fields.optionalString("preset")
            if let rewards = fields.value("rewards") {
                if name != nil { throw fields.error("give \"preset\" or \"rewards\", not both", at: "rewards") }
                preset = try Self.preset(rewards, fields)
            } else if let name {
                preset = try Self.preset(named: name, fields)
            }
        } catch {
            throw ServiceProblem(error)
        }
    }

    private static func preset(named name: String, _ fields: JSONFields) throws(JSONError) -> RewardPreset {
        do throws(RewardError) {
            return try RewardPreset.load(name: name)
        } catch {
            throw fields.error(error.description, at: "preset")
        }
    }

    private static func preset(_ json: JSONValue, _ fields: JSONFields) throws(JSONError) -> RewardPreset {
        do throws(RewardError) {
            return try RewardPreset(JSONSource(json.serializedBytes()))
        } catch {
            throw fields.error(error.description, at: "rewards")
        }
    }
}
