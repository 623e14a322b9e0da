import JSON

/// What one run came to on the tasks that are held out.
struct AblationFigures: Sendable {
    /// What is compared, by name; those that not every corpus has may be missing.
    static let names = ["sampled", "greedy", "reward", "forward", "backward", "failing"]

    /// The values by name.
    let values: [String: Double]
    /// The share of drawn answers that solve each task; nil where none got a score.
    let solved: [Double?]

    /// Takes a line of a run's evaluations.
    init(_ line: JSONValue) {
        let sampled = line["sampled"]
        var values: [String: Double] = [:]
        values["sampled"] = sampled?["pass_rate"]?.double
        values["greedy"] = line["greedy"]?["pass_rate"]?.double
        values["reward"] = sampled?["reward"]?.double
        values["forward"] = sampled?["kinds"]?["forward"]?["pass_rate"]?.double
        values["backward"] = sampled?["kinds"]?["backward"]?["pass_rate"]?.double
        values["failing"] = sampled?["failing"]?["pass_rate"]?.double
        self.values = values
        solved = (line["shares"]?["sampled"]?.array ?? []).map(\.double)
    }

    /// The evaluations of a run before its first step and after its last.
    ///
    /// - Throws: `PipelineError` when the run holds none.
    static func read(_ folder: String) throws(PipelineError) -> (before: AblationFigures, after: AblationFigures) {
        let path = RunFolder(path: folder).evaluations
        let lines = RunFolder.lines(path)
        guard let first = lines.first, let last = lines.last else {
            throw PipelineError(.user, "'\(path)' holds no evaluation", hint: "remove the folder of the run, and go on")
        }
        return (AblationFigures(first), AblationFigures(last))
    }
}
