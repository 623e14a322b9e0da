import JSON

/// A rollout on the page of a run: what was asked, what was written, and how far that is from right.
struct RolloutExample {
    private let line: JSONValue

    /// Takes a line of the file of rollouts.
    init(_ line: JSONValue) { self.line = line }

    /// The rollout, folded up but for its heading.
    var markup: String {
        let task = line["task"]
        let reward = line["reward"]?.double.map { Figures.fixed($0, decimals: 3) } ?? "none"
        let heading =
            "step \(line["step"]?.integer ?? 0): \(task?["kind"]?.string ?? "") \(task?["language"]?.string ?? ""), "
            + "\(line["verdict"]?.string ?? ""), reward \(reward), "
            + "advantage \(Figures.fixed(line["advantage"]?.double ?? 0, decimals: 2))"
        let components = (line["components"]?.object ?? [:]).map {
            RunPage.row([$0.key, Figures.fixed($0.value.double ?? 0, decimals: 3)])
        }
        let difference = LineDifference(
            expected: line["expected"]?.string ?? "", actual: line["completion"]?.string ?? "")
        return "<details><summary>\(MarkupText.escaped(heading))</summary>"
            + "<h4>Prompt</h4><pre>\(MarkupText.escaped(line["prompt"]?.string ?? ""))</pre>"
            + "<h4>Expected (-) and written (+)</h4><pre>\(difference.markup)</pre>"
            + "<h4>Components</h4><table>\(components.joined())</table></details>"
    }
}
