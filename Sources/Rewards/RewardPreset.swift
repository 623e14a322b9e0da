public import JSON
public import Tasks

/// A way of rewarding: which components are measured, and how they become one number for each kind of task.
public struct RewardPreset: Sendable {
    /// The preset's name.
    public let name: String
    /// What it is for, in a sentence.
    public let summary: String
    /// The components, in the order of the score line.
    public let components: [RewardComponent]
    /// The JSON it was read from, for a user to copy.
    public let text: String
    private let combiners: [TaskKind: Combiner]

    /// The names of the components, which are the same in every score line.
    public var componentNames: [String] { components.map(\.name) }

    /// Reads a preset.
    ///
    /// - Throws: `RewardError` with file, line, column and path for whatever is wrong in it.
    public init(_ source: JSONSource) throws(RewardError) {
        do throws(JSONError) {
            let fields = try JSONFields(try source.parse(limits: .preset), source: source)
            try fields.rejectUnknown(allowed: ["name", "summary", "components", "combine"])
            name = try fields.string("name")
            summary = try fields.optionalString("summary") ?? ""
            components = try Self.components(fields)
            combiners = try Self.combiners(
                fields.object("combine"), reader: CombinerReader(components: components, source: source))
            text = String(decoding: source.bytes, as: UTF8.self)
        } catch {
            throw RewardError(error)
        }
    }

    /// Scores one rollout.
    ///
    /// - Returns: A score that is unscorable exactly when we failed to judge; then no number would be fair.
    public func score(
        task: CodeTask, completion: Completion, extraction: Extraction, judgement: Judgement
    ) -> RewardResult {
        let evidence = Evidence(task: task, completion: completion, extraction: extraction, judgement: judgement)
        let values = components.map { $0.value(evidence) }
        let named = zip(components, values).map { (name: $0.name, value: $1) }
        guard judgement.verdict != .internalError, judgement.infraReason == nil else {
            return RewardResult(
                score: .unscorable(reason: judgement.infraReason ?? "the sandbox failed"), components: named)
        }
        guard let combiner = combiners[task.kind] else {
            return RewardResult(score: .unscorable(reason: "no combiner for \(task.kind.rawValue)"), components: named)
        }
        return RewardResult(
            score: .scored(combiner.value(components: values, evidence: evidence)), components: named)
    }

    /// Between which numbers the score of a kind of task lies.
    public func bounds(for kind: TaskKind) -> ClosedRange<Double> { combiners[kind]?.bounds ?? 0...0 }

    /// The preset in words and formulas.
    public var explanation: String {
        let width = componentNames.map(\.count).max() ?? 0
        var lines = ["\(name): \(summary)", "", "components, each in [0, 1]:"]
        for component in components {
            let padding = String(repeating: " ", count: width - component.name.count)
            lines.append("  \(component.name)\(padding)  \(component.summary)")
        }
        lines += ["", "score:"]
        for kind in TaskKind.allCases {
            guard let combiner = combiners[kind] else { continue }
            let bounds = combiner.bounds
            lines.append("  \(kind.rawValue) = \(combiner)")
            lines.append("      in [\(bounds.lowerBound), \(bounds.upperBound)]")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: -

    private static func components(_ fields: JSONFields) throws(JSONError) -> [RewardComponent] {
        var components: [RewardComponent] = []
        for (index, entry) in try fields.array("components").enumerated() {
            let path = fields.path.appending(key: "components").appending(index: index)
            let component: RewardComponent
            if case .object = entry {
                let options = try JSONFields(entry, path: path, source: fields.source)
                let name = try options.string("name")
                guard name == "length" else {
                    throw options.error("only the component \"length\" takes options", at: "name")
                }
                component = .length(try LengthRule(options))
            } else {
                guard let name = entry.string, let found = RewardComponent.all.first(where: { $0.name == name }) else {
                    let known = RewardComponent.all.map(\.name).joined(separator: ", ")
                    throw fields.error("unknown component \(entry.serialized()); known are \(known)", at: path)
                }
                component = found
            }
            guard !components.contains(where: { $0.name == component.name }) else {
                throw fields.error("the component \"\(component.name)\" is listed twice", at: path)
            }
            components.append(component)
        }
        return components
    }

    private static func combiners(
        _ fields: JSONFields, reader: CombinerReader
    ) throws(JSONError) -> [TaskKind: Combiner] {
        let kinds = TaskKind.allCases.map(\.rawValue)
        try fields.rejectUnknown(allowed: kinds + ["default"])
        var combiners: [TaskKind: Combiner] = [:]
        for kind in TaskKind.allCases {
            let key = fields.value(kind.rawValue) == nil ? "default" : kind.rawValue
            guard let expression = fields.value(key) else {
                throw fields.error("no combiner for \(kind.rawValue), and no \"default\"")
            }
            let combiner = try reader.read(expression, at: fields.path.appending(key: key))
            let bounds = combiner.bounds
            guard bounds.lowerBound.isFinite, bounds.upperBound.isFinite else {
                throw fields.error("the score can grow without bound", at: key)
            }
            combiners[kind] = combiner
        }
        return combiners
    }
}

extension JSONLimits {
    /// A preset is written by hand; what is larger is some other file.
    fileprivate static let preset = JSONLimits(bytes: 1 << 20, depth: 64)
}
