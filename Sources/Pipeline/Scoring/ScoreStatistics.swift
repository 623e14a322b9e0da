import JSON
public import Tasks

/// Sums over the score lines of a run.
public struct ScoreStatistics: Sendable, Hashable {
    /// Score lines, those of an interrupted run that was gone on with included.
    public private(set) var lines = 0
    /// Lines that were already there when the run began.
    public private(set) var resumedLines = 0
    /// Input lines that were no rollouts.
    public private(set) var unreadable = 0
    /// Lines without a reward because a run failed on our side.
    public private(set) var infraErrors = 0
    /// How often each verdict was given.
    public private(set) var verdicts: [Verdict: Int] = [:]
    /// Sum of the rewards.
    public private(set) var rewardSum = 0.0
    /// Sums of the components over the lines that have a reward, in the order of the preset.
    public private(set) var componentSums: [ScoreLine.Component] = []
    /// Milliseconds spent executing.
    public private(set) var executionMilliseconds = 0.0
    /// Milliseconds spent waiting for slots.
    public private(set) var queueMilliseconds = 0.0

    /// Bytes of input lines whose scores this run wrote.
    public private(set) var inputBytes = 0

    /// Creates empty sums.
    public init() {}

    /// Lines that have a reward.
    public var scored: Int { lines - unreadable - infraErrors }

    /// Passes when every input line was a rollout.
    ///
    /// - Throws: `PipelineError` that says how many were none, or that there was no line at all.
    public func verify() throws(PipelineError) {
        if lines == 0 { throw PipelineError(.user, "the input holds no rollouts", hint: "give one JSON object a line") }
        if unreadable > 0 {
            let count = unreadable == 1 ? "1 line is no rollout" : "\(unreadable) lines are no rollouts"
            throw PipelineError(.user, "\(count); the others were scored", hint: "their lines have reward null")
        }
    }

    /// Adds a line.
    ///
    /// - Parameter inputBytes: What its rollout holds of the input.
    public mutating func add(_ line: ScoreLine, inputBytes: Int = 0) {
        lines += 1
        self.inputBytes += inputBytes
        executionMilliseconds += Figures.milliseconds(line.executionTime)
        queueMilliseconds += Figures.milliseconds(line.queueTime)
        if let verdict = line.verdict { verdicts[verdict, default: 0] += 1 }
        guard let reward = line.reward else {
            if line.verdict == nil { unreadable += 1 } else { infraErrors += 1 }
            return
        }
        rewardSum += reward
        for (position, component) in line.components.enumerated() { add(component, at: position) }
    }

    /// Adds a line that an earlier run wrote.
    mutating func addResumed(_ object: JSONObject) {
        var line = ScoreLine(
            id: object["id"]?.string,
            reward: object["reward"]?.double,
            components: [],
            verdict: object["verdict"]?.string.flatMap(Verdict.init(rawValue:)),
            executionTime: .milliseconds(1) * (object["exec_ms"]?.double ?? 0),
            queueTime: .milliseconds(1) * (object["queue_ms"]?.double ?? 0)
        )
        for (key, value) in object where !ScoreLine.ownKeys.contains(key) {
            if let number = value.double { line.components.append(.init(name: key, value: number)) }
        }
        add(line)
        resumedLines += 1
    }

    /// - Parameter position: Where it stands in its line, which is where it stands in all lines of a run.
    private mutating func add(_ component: ScoreLine.Component, at position: Int) {
        if position < componentSums.count, componentSums[position].name == component.name {
            componentSums[position].value += component.value
        } else if let index = componentSums.firstIndex(where: { $0.name == component.name }) {
            componentSums[index].value += component.value
        } else {
            componentSums.append(component)
        }
    }
}
