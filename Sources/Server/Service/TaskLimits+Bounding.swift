import Tasks

extension TaskLimits {
    /// These limits, none of them above another's; what neither names is left to the language.
    func bounded(by most: TaskLimits) -> TaskLimits {
        TaskLimits(
            cpuTime: Self.lower(cpuTime, most.cpuTime),
            wallTime: Self.lower(wallTime, most.wallTime),
            memory: Self.lower(memory, most.memory),
            output: Self.lower(output, most.output),
            processes: Self.lower(processes, most.processes))
    }

    /// A language's own limit is its plugin's, which the server's owner chose: only what a request asks for is lowered.
    private static func lower<Value: Comparable>(_ asked: Value?, _ most: Value?) -> Value? {
        guard let asked, let most else { return asked }
        return min(asked, most)
    }
}

extension Rollout {
    /// Lowers what the runs of this rollout may use.
    mutating func bound(by most: TaskLimits) {
        task.limits = task.limits?.bounded(by: most)
        for index in task.tests.indices { task.tests[index].limits = task.tests[index].limits?.bounded(by: most) }
    }
}
