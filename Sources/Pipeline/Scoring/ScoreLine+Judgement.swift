import JSON
import Rewards
import Tasks

extension ScoreLine {
    /// Makes the line of a rollout that was judged and valued.
    init(
        _ rollout: Rollout,
        _ extraction: Extraction,
        _ judgement: Judgement,
        _ result: RewardResult,
        includesDetail: Bool
    ) {
        let components = result.components.map { Component(name: $0.name, value: $0.value) }
        self.init(
            id: rollout.id,
            reward: result.score.value.flatMap { $0.isFinite ? $0 : nil },
            components: components,
            verdict: judgement.verdict,
            executionTime: judgement.executionTime,
            queueTime: judgement.queueTime,
            detail: includesDetail ? Self.detail(rollout, extraction, judgement, result) : [:]
        )
    }

    private static func detail(
        _ rollout: Rollout,
        _ extraction: Extraction,
        _ judgement: Judgement,
        _ result: RewardResult
    ) -> JSONObject {
        var detail: JSONObject = [
            "task": .string(rollout.task.id),
            "kind": .string(rollout.task.kind.rawValue),
            "language": .string(rollout.task.language),
        ]
        if case .unscorable(let reason) = result.score { detail["unscorable"] = .string(reason) }
        if let reason = judgement.infraReason { detail["infra_reason"] = .string(reason) }
        if let code = extraction.code { detail["code"] = .string(code) }
        if !extraction.blocks.isEmpty {
            detail["answers"] = .object(
                JSONObject(extraction.blocks.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
            )
        }
        if let compile = judgement.compile { detail["compile"] = .object(RecordJSON.compile(compile)) }
        if let shown = judgement.shown { detail["shown"] = .object(RecordJSON.run(shown)) }
        let cases = judgement.cases + judgement.hidden
        if !cases.isEmpty {
            detail["cases"] = .array(
                cases.map { result in
                    var object: JSONObject = [
                        "name": .string(result.name),
                        "verdict": .string(result.verdict.rawValue),
                        "hidden": .bool(result.isHidden),
                    ]
                    if let record = result.record { object["run"] = .object(RecordJSON.run(record)) }
                    return .object(object)
                }
            )
        }
        return detail
    }
}
