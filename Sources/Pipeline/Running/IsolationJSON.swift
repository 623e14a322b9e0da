public import JSON
public import Sandbox

/// What isolates runs, as JSON.
public enum IsolationJSON {
    /// The layers and who enforces each limit.
    public static func object(_ report: IsolationReport) -> JSONObject {
        [
            "layers": .array(report.layers.map { .string($0) }),
            "limits": .object(JSONObject(report.limits.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })),
        ]
    }
}
