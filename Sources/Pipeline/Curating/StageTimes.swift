/// How long each stage took, in the order of the stages.
struct StageTimes: Sendable {
    private(set) var stages: [(name: String, duration: Duration)] = []

    /// Runs a stage.
    mutating func measure<Result, Failure: Error>(
        _ name: String, _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let start = ContinuousClock.now
        let result = try body()
        stages.append((name, ContinuousClock.now - start))
        return result
    }

    /// Adds a stage that was measured elsewhere.
    mutating func add(_ name: String, _ duration: Duration) { stages.append((name, duration)) }

    /// All stages together.
    var total: Duration { stages.reduce(.zero) { $0 + $1.duration } }
}
