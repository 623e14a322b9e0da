import JSON
import Sandbox

/// What isolates runs, as JSON.
enum IsolationJSON {
    /// The layers and who enforces each limit.
    static func object(_ report: IsolationReport) -> JSONObject {
        [
            "layers": .array(report.layers.map { .string($0) }),
            "limits": .object(JSONObject(report.limits.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })),
        ]
    }
}
