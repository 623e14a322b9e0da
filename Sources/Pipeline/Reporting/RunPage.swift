import JSON

/// A page that shows a run: it holds all that it shows, loads nothing and runs nothing.
public struct RunPage: Sendable {
    private let path: String
    private let settings: JSONObject
    private let tasks: JSONValue
    private let metrics: [JSONValue]
    private let evaluations: [JSONValue]
    private let rollouts: [JSONValue]
    private let changes: [HeldOutChange]

    /// Reads the folder of a run, also of one that is still going on.
    ///
    /// - Throws: `PipelineError` when it is none.
    public init(folder path: String) throws(PipelineError) {
        let folder = try RunFolder.existing(path)
        self.path = path
        settings = try folder.readConfiguration().json
        tasks = (try? JSONValue.parse(ReadableFile(folder.tasks).bytes(limit: 1 << 20))) ?? .null
        metrics = RunFolder.lines(folder.metrics)
        evaluations = RunFolder.lines(folder.evaluations)
        rollouts = RunFolder.lines(folder.rollouts)
        changes = folder.changes
    }

    /// The page.
    public var html: String {
        let name = MarkupText.escaped(String(path.split(separator: "/").last ?? "run"))
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(name)</title><style>\(Self.style)</style></head><body>
            <h1>\(name)</h1>
            <p>\(MarkupText.escaped(summary))</p>
            <h2>Held-out tasks</h2>
            \(heldOut)
            <h2>Learning from scores</h2>
            <div class="charts">\(policyCharts)</div>
            <h2>Warm start</h2>
            <div class="charts">\(warmCharts)</div>
            <h2>Tasks</h2>
            \(mix)
            <h2>Verdicts</h2>
            \(verdicts)
            <h2>Rollouts</h2>
            \(examples)
            <h2>Settings</h2>
            <table>\(settings.map { Self.row([$0.key, $0.value.serialized()]) }.joined())</table>
            </body></html>

            """
    }

    // MARK: - Parts

    private var summary: String {
        let last = metrics.last
        let tokens = last?["num_tokens"]?.integer ?? 0
        return "\(settings["algorithm"]?.string ?? "") on \(settings["model"]?.string ?? ""), "
            + "\(policy.count) steps, \(tokens) tokens, seed \(settings["seed"]?.integer ?? 0)"
    }

    private var policy: [JSONValue] { metrics.filter { $0["phase"]?.string == "policy" } }

    private var heldOut: String {
        guard let first = evaluations.first, let last = evaluations.last else {
            return "<p>Nothing was evaluated yet.</p>"
        }
        let curves = ["sampled", "greedy"].map { name in
            CurveChart.Curve(
                name: name,
                points: evaluations.map { ($0["step"]?.double ?? 0, $0[name]?["pass_rate"]?.double ?? .nan) },
                bounds: evaluations.map { ($0[name]?["low"]?.double ?? 0, $0[name]?["high"]?.double ?? 0) })
        }
        let reward = CurveChart.Curve(
            name: "reward",
            points: evaluations.map { ($0["step"]?.double ?? 0, $0["sampled"]?["reward"]?.double ?? .nan) })
        var rows = [Self.row(["", "tasks", "before", "95 %", "after", "95 %"], isHead: true)]
        for name in ["sampled", "greedy"] {
            guard let before = first[name], let after = last[name] else { continue }
            rows.append(Self.row([name] + Self.comparison(before, after)))
            for group in ["kinds", "languages"] {
                guard let keys = after[group]?.object?.keys, keys.count > 1 else { continue }
                for key in keys {
                    guard let after = after[group]?[key], let before = before[group]?[key] else { continue }
                    rows.append(Self.row(["\(name), \(key)"] + Self.comparison(before, after)))
                }
            }
        }
        let gained = changes.map(\.text).joined(separator: ", ")
        let summary = gained.isEmpty ? "" : "<p>Change, each task against itself: \(gained).</p>"
        return summary + "<div class=\"charts\">"
            + CurveChart(title: "pass rate with 95 % intervals", curves: curves).markup
            + CurveChart(title: "reward", curves: [reward]).markup + "</div><table>\(rows.joined())</table>"
    }

    private static func comparison(_ before: JSONValue, _ after: JSONValue) -> [String] {
        [String(after["tasks"]?.integer ?? 0)]
            + [before, after].flatMap { rate in
                [
                    percent(rate["pass_rate"]),
                    percent(rate["low"]) + " – " + percent(rate["high"]),
                ]
            }
    }

    private var policyCharts: String {
        let names = policy.first?.object?.keys ?? []
        let components = names.filter { $0.hasPrefix("rewards/") && $0.hasSuffix("/mean") }
        let shown = components.filter { name in policy.contains { ($0[name]?.double ?? 0) != 0 } }
        let charts: [(String, [String])] = [
            ("reward", ["reward"]), ("pass rate", ["pass_rate"]), ("components", shown),
            ("groups of equal scores", ["frac_reward_zero_std"]), ("loss", ["loss"]), ("gradient norm", ["grad_norm"]),
            ("divergence", ["kl"]), ("entropy", ["entropy"]),
            ("tokens of a completion", ["completions/mean_length", "completions/max_length"]),
            ("cut off", ["completions/clipped_ratio"]), ("clipped", ["clip_ratio/region_mean"]),
            ("learning rate", ["learning_rate"]), ("seconds a step", ["step_time"]),
        ]
        return charts.map { title, names in chart(title, names, policy) }.joined()
    }

    private var warmCharts: String {
        let lines = metrics.filter { $0["phase"]?.string == "warm_start" }
        return chart("loss", ["loss"], lines) + chart("pass rate", ["pass_rate"], lines)
            + chart("gradient norm", ["grad_norm"], lines)
    }

    private func chart(_ title: String, _ names: [String], _ lines: [JSONValue]) -> String {
        CurveChart(
            title: title,
            curves: names.map { name in
                CurveChart.Curve(
                    name: name,
                    points: lines.compactMap { line in
                        guard let step = line["step"]?.double, let value = line[name]?.double else { return nil }
                        return (step, value)
                    })
            }
        ).markup
    }

    private var mix: String {
        let parts = [("learnt from", tasks["training"]), ("held out", tasks["held_out"])]
        let rows = parts.map { name, part in
            func table(_ key: String) -> String {
                (part?[key]?.object ?? [:]).map { "\($0.key) \($0.value.integer ?? 0)" }.joined(separator: ", ")
            }
            return Self.row([
                name,
                part?["snippets"]?.integer.map { "\($0) snippets" } ?? String(part?["tasks"]?.integer ?? 0),
                table("kinds"), table("languages"), part?["failing"]?.integer.map { String($0) } ?? "",
            ])
        }
        return "<table>" + Self.row(["", "tasks", "kinds", "languages", "failing programs"], isHead: true)
            + rows.joined() + "</table>"
    }

    private var verdicts: String {
        var sums: [(name: String, first: Int64, last: Int64)] = []
        let tail = max(1, policy.count / 5)
        let names = Set(policy.flatMap { $0.object?.keys ?? [] }.filter { $0.hasPrefix("verdicts/") }).sorted()
        for name in names {
            func sum(_ lines: some Sequence<JSONValue>) -> Int64 { lines.reduce(0) { $0 + ($1[name]?.integer ?? 0) } }
            sums.append((String(name.dropFirst("verdicts/".count)), sum(policy.prefix(tail)), sum(policy.suffix(tail))))
        }
        let totals = (max(1, sums.reduce(0) { $0 + $1.first }), max(1, sums.reduce(0) { $0 + $1.last }))
        return "<table>" + Self.row(["", "first fifth", "last fifth"], isHead: true)
            + sums.map { name, first, last in
                Self.row([
                    name, Figures.fixed(100 * Double(first) / Double(totals.0), decimals: 1) + " %",
                    Figures.fixed(100 * Double(last) / Double(totals.1), decimals: 1) + " %",
                ])
            }.joined() + "</table>"
    }

    private var examples: String { rollouts.suffix(40).reversed().map { RolloutExample($0).markup }.joined() }

    // MARK: -

    static func row(_ cells: [String], isHead: Bool = false) -> String {
        let tag = isHead ? "th" : "td"
        return "<tr>" + cells.map { "<\(tag)>\(MarkupText.escaped($0))</\(tag)>" }.joined() + "</tr>"
    }

    private static func percent(_ value: JSONValue?) -> String {
        value?.double.map { Figures.fixed(100 * $0, decimals: 1) + " %" } ?? "?"
    }

    static let style = """
        body{font:15px/1.5 system-ui,sans-serif;max-width:1160px;margin:2em auto;padding:0 1em;color:#1f2937;background:#fff}
        h1,h2{line-height:1.2}h2{margin-top:2em;border-bottom:1px solid #e5e7eb;padding-bottom:.2em}
        .charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(330px,1fr));gap:12px}
        figure{margin:0;border:1px solid #e5e7eb;border-radius:6px;padding:6px}figcaption{font-weight:600;font-size:13px}
        .grid{stroke:#e5e7eb}.tick{font-size:10px;fill:#6b7280;dominant-baseline:middle}.end{text-anchor:end}
        table{border-collapse:collapse;font-size:13px}td,th{padding:3px 10px;border-bottom:1px solid #e5e7eb;text-align:left;
        vertical-align:top;overflow-wrap:break-word}
        details{border:1px solid #e5e7eb;border-radius:6px;padding:6px 10px;margin:6px 0}summary{cursor:pointer}
        pre{background:#f9fafb;padding:8px;overflow-x:auto;font-size:12px;border-radius:4px}
        del{background:#fee2e2;text-decoration:none}ins{background:#dcfce7;text-decoration:none}
        @media (prefers-color-scheme:dark){body{color:#e5e7eb;background:#111827}pre{background:#1f2937}
        h2,figure,details,td,th{border-color:#374151}.grid{stroke:#374151}del{background:#7f1d1d}ins{background:#14532d}}
        """
}
