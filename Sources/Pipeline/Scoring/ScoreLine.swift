public import JSON
public import Tasks

/// What one rollout comes to: flat, and with the same keys for every line of a run.
///
/// Trainers make tensors of these lines, so a key that came and went would break a batch. `reward` is null exactly when
/// `infra_error` is 1; the components of such a line are zeros that nobody may use.
public struct ScoreLine: Sendable, Hashable {
    /// One named reward.
    public struct Component: Sendable, Hashable {
        /// The key in the line.
        public var name: String
        /// The value.
        public var value: Double

        /// Makes a component.
        public init(name: String, value: Double) {
            self.name = name
            self.value = value
        }
    }

    /// The rollout's name; nil when the input line was too broken to tell.
    public var id: String?
    /// The score; nil when there is none.
    public var reward: Double?
    /// The components in the order of the preset.
    public var components: [Component]
    /// The verdict; nil when the input line was no rollout, so that nothing was judged.
    public var verdict: Verdict?
    /// Time spent executing.
    public var executionTime: Duration
    /// Time spent waiting for a slot.
    public var queueTime: Duration
    /// What stands behind the numbers.
    public var detail: JSONObject

    /// Makes a line.
    public init(
        id: String?,
        reward: Double?,
        components: [Component],
        verdict: Verdict?,
        executionTime: Duration = .zero,
        queueTime: Duration = .zero,
        detail: JSONObject = [:]
    ) {
        self.id = id
        self.reward = reward
        self.components = components
        self.verdict = verdict
        self.executionTime = executionTime
        self.queueTime = queueTime
        self.detail = detail
    }

    /// Makes the line that stands for an input line which is no rollout.
    public init(unreadable id: String?, components names: [String], error: String) {
        self.init(
            id: id,
            reward: nil,
            components: names.map { Component(name: $0, value: 0) },
            verdict: nil,
            detail: ["error": .string(error)]
        )
    }

    /// The keys that are not components.
    public static let ownKeys: Set<String> = [
        "id", "reward", "verdict", "infra_error", "exec_ms", "queue_ms", "detail",
    ]

    /// The line as JSON.
    ///
    /// - Parameter detail: Whether what stands behind the numbers goes along.
    public func json(detail includesDetail: Bool = false) -> JSONObject {
        var object: JSONObject = [
            "id": id.map { .string($0) } ?? .null,
            "reward": reward.map { .number($0) } ?? .null,
        ]
        for component in components { object[component.name] = .number(component.value) }
        object["verdict"] = verdict.map { .string($0.rawValue) } ?? .null
        object["infra_error"] = .integer(reward == nil ? 1 : 0)
        object["exec_ms"] = .number(Figures.milliseconds(executionTime))
        object["queue_ms"] = .number(Figures.milliseconds(queueTime))
        if includesDetail { object["detail"] = .object(detail) }
        return object
    }

    /// Writes the line as `json` has it, without making the object first.
    func write(to writer: inout JSONWriter, detail includesDetail: Bool) {
        writer.write(token: #"{"id":"#)
        if let id { writer.write(id) } else { writer.write(token: "null") }
        writer.write(token: #","reward":"#)
        if let reward { writer.write(reward) } else { writer.write(token: "null") }
        for component in components {
            writer.write(token: ",")
            writer.write(component.name)
            writer.write(token: ":")
            writer.write(component.value)
        }
        writer.write(token: #","verdict":"#)
        if let verdict { writer.write(verdict.rawValue) } else { writer.write(token: "null") }
        writer.write(token: reward == nil ? #","infra_error":1"# : #","infra_error":0"#)
        writer.write(token: #","exec_ms":"#)
        writer.write(Figures.milliseconds(executionTime))
        writer.write(token: #","queue_ms":"#)
        writer.write(Figures.milliseconds(queueTime))
        if includesDetail {
            writer.write(token: #","detail":"#)
            writer.write(.object(detail))
        }
        writer.write(token: "}")
        writer.endLine()
    }
}
