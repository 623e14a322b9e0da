import JSON

/// What an ablation came to: one row for the start, and one for the method with all parts and without each.
public struct AblationOutcome: Sendable {
    /// One row of the table.
    private struct Row {
        let name: String
        let title: String
        /// The runs, by seed.
        let runs: [AblationFigures]
        /// Those with all parts, of the same seeds; nil where that is no comparison.
        let full: [AblationFigures]?

        /// A figure over the seeds.
        func mean(_ figure: String) -> MeanInterval? { MeanInterval(runs.compactMap { $0.values[figure] }) }

        /// How much more it is than with all parts: seed by seed, for both began with the same model.
        func difference(_ figure: String) -> MeanInterval? {
            guard let full else { return nil }
            return MeanInterval(
                zip(runs, full).compactMap { run, full in
                    run.values[figure].flatMap { value in full.values[figure].map { value - $0 } }
                })
        }

        /// The same task by task, over the means of the seeds: what other tasks would make of these very models.
        var differenceOverTasks: MeanInterval? {
            guard let full, let count = runs.first?.solved.count,
                (runs + full).allSatisfy({ $0.solved.count == count })
            else { return nil }
            return MeanInterval(
                (0..<count).compactMap { task in
                    let changes = zip(runs, full).compactMap { run, full in
                        run.solved[task].flatMap { solved in full.solved[task].map { solved - $0 } }
                    }
                    return changes.count == runs.count ? changes.reduce(0, +) / Double(runs.count) : nil
                })
        }
    }

    private let rows: [Row]
    private let seeds: [Int]
    private let corpus: JSONObject
    private let configuration: TrainingConfiguration

    /// Reads what the runs came to.
    init(
        _ folder: AblationFolder, seeds: [Int], corpus: JSONObject, configuration: TrainingConfiguration
    ) throws(PipelineError) {
        self.seeds = seeds
        self.corpus = corpus
        self.configuration = configuration
        var starts: [AblationFigures] = []
        var ends: [AblationVariant: [AblationFigures]] = [:]
        for variant in AblationVariant.allCases {
            for seed in seeds {
                let (before, after) = try AblationFigures.read(folder.run(variant, seed))
                if variant == .full { starts.append(before) }
                ends[variant, default: []].append(after)
            }
        }
        rows =
            [Row(name: "start", title: "before the first step", runs: starts, full: nil)]
            + AblationVariant.allCases.map { variant in
                Row(
                    name: variant.rawValue, title: variant.title, runs: ends[variant] ?? [],
                    full: variant == .full ? nil : ends[.full])
            }
    }

    // MARK: - For a program

    /// Everything, as one line of JSON.
    public var json: String {
        let members: JSONObject = [
            "seeds": .array(seeds.map { .integer(Int64($0)) }), "steps": .integer(Int64(configuration.steps)),
            "tasks_of_a_run": .integer(Int64(configuration.steps * configuration.prompts)),
            "rollouts_of_a_run": .integer(
                Int64(configuration.steps * configuration.prompts * configuration.generations)),
            "corpus": .object(corpus), "variants": .array(rows.map(Self.json)),
            "settings": .object(configuration.json),
        ]
        return JSONValue.object(members).serialized()
    }

    private static func json(_ row: Row) -> JSONValue {
        var members: JSONObject = ["name": .string(row.name), "title": .string(row.title)]
        for name in AblationFigures.names {
            guard let mean = row.mean(name) else { continue }
            var figure = mean.json.object ?? [:]
            figure["seeds"] = .array(row.runs.map { $0.values[name].map { .number($0) } ?? .null })
            if let difference = row.difference(name) { figure["difference"] = difference.json }
            members[name] = .object(figure)
        }
        if let difference = row.differenceOverTasks { members["difference_over_tasks"] = difference.json }
        return .object(members)
    }

    // MARK: - For a person

    /// The table.
    public var text: String { TextTable(header: Self.header, alignments: Self.alignments, rows: cells).text + legend }

    private static let header = [
        "per cent of held-out tasks", "drawn", "95 %", "against all", "95 % seeds", "95 % tasks", "likeliest",
        "forward",
        "backward", "failing", "reward",
    ]
    private static let alignments = [TextTable.Alignment.left] + [TextTable.Alignment](repeating: .right, count: 10)

    private var cells: [[String]] {
        rows.map { row in
            let sampled = row.mean("sampled")
            let difference = row.difference("sampled")
            let tasks = row.differenceOverTasks
            return [
                row.title, sampled?.meanText() ?? "?", sampled?.intervalText() ?? "?",
                difference?.meanText(signed: true) ?? "", difference?.intervalText(signed: true) ?? "",
                tasks?.intervalText(signed: true) ?? "",
            ] + ["greedy", "forward", "backward", "failing"].map { row.mean($0)?.meanText() ?? "-" } + [
                row.mean("reward").map { Figures.fixed($0.mean, decimals: 3) } ?? "-"
            ]
        }
    }

    private var legend: String {
        func count(_ name: String) -> String { String(corpus[name]?.integer ?? 0) }
        return """

            Means over \(seeds.count) \(seeds.count == 1 ? "seed" : "seeds"); \(configuration.steps) steps of \(configuration.prompts) tasks with \
            \(configuration.generations) rollouts each, \(count("held_out_tasks")) tasks held out. Differences are taken \
            seed by seed from the run with all parts that began with the same model: the first interval is over seeds \
            (Student's t), the second over tasks, for these very models. Curation keeps \(count("training")) of the \
            \(count("training_uncurated")) snippets that are learnt from.

            """
    }

    /// The table for a page of text.
    private var markdown: String {
        func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
        return line(Self.header) + line(["---"] + [String](repeating: "--:", count: Self.header.count - 1))
            + cells.map(line).joined() + legend
    }

    private var html: String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>Ablation</title><style>\(RunPage.style)</style></head><body>
        <h1>Ablation</h1>
        <table>\(RunPage.row(Self.header, isHead: true))\(cells.map { RunPage.row($0) }.joined())</table>
        <p>\(MarkupText.escaped(legend))</p>
        <h2>Corpus</h2>
        <table>\(corpus.map { RunPage.row([$0.key, $0.value.serialized()]) }.joined())</table>
        <h2>Settings</h2>
        <table>\(configuration.json.map { RunPage.row([$0.key, $0.value.serialized()]) }.joined())</table>
        </body></html>

        """
    }

    /// Writes the figures, the table and the page.
    func write(to folder: AblationFolder) throws(PipelineError) {
        try AblationFolder.write(folder.results, Array((json + "\n").utf8))
        try AblationFolder.write(folder.table, Array(markdown.utf8))
        try AblationFolder.write(folder.page, Array(html.utf8))
    }
}
