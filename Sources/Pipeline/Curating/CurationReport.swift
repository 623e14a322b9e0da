import Curation
import JSON

/// What a curation came to: counts, the bound, clusters, what was dropped and why, and times.
public struct CurationReport: Sendable {
    let options: CurationOptions
    let corpus: Corpus
    let graph: ConflictGraph
    let choice: CurationChoice
    let times: StageTimes
    /// Whether all of the input was read.
    let isComplete: Bool
    /// Whether the search for pairs came to its end.
    let hasAllPairs: Bool

    /// Whether the answer is proven to be a largest, or heaviest, set.
    public var isProven: Bool { hasAllPairs && gap == 0 && options.finder != .minhash }

    /// The part of the bound that the answer is short of.
    public var gap: Double {
        if options.isByWeight, let weight = choice.weight, let bound = choice.weightBound {
            return bound > 0 ? Double(max(0, bound - weight)) / Double(bound) : 0
        }
        let bound = choice.set.upperBound
        return bound > 0 ? Double(bound - choice.set.size) / Double(bound) : 0
    }

    private var clusters: [[Int32]] { Components(graph).members.filter { $0.count > 1 } }

    private var answerRows: [[String]] {
        let set = choice.set
        let share = Figures.fixed(100 * Double(set.size) / Double(max(1, corpus.count)), decimals: 2)
        var rows = [["kept", "\(set.size)", "\(share) % of \(corpus.count)"]]
        if options.isByWeight, let weight = choice.weight, let bound = choice.weightBound {
            rows.append(["weight", "\(weight)", "at most \(bound)"])
        } else {
            rows.append(["upper bound", "\(set.upperBound)", ""])
        }
        if let isHeaviest = choice.isHeaviestOfItsSize, let weight = choice.weight {
            rows.append([
                "weight", "\(weight)", isHeaviest ? "no set of this size is heavier" : "by \(options.preference)",
            ])
        }
        let percent = Figures.fixed(100 * gap, decimals: 3)
        rows.append(["gap", "\(percent) %", isProven ? "optimal, proven" : "not proven to be optimal"])
        return rows
    }

    /// The report for a person.
    public var text: String {
        let clusters = clusters
        let sizes = clusters.map(\.count)
        var rows = [["read", "\(corpus.readCount)", isComplete ? "" : "interrupted: not all of the input"]]
        for reason in DropReason.allCases {
            if let count = corpus.drops[reason] { rows.append(["dropped", "\(count)", reason.rawValue]) }
        }
        rows.append(["snippets", "\(corpus.count)", "\(corpus.tokenCount) tokens"])
        rows.append([
            "similar pairs", "\(graph.edgeCount)",
            "\(options.similarity.rawValue) similarity of \(options.threshold) or more, by \(finderName)",
        ])
        rows.append(["clusters", "\(clusters.count)", "the largest of \(sizes.max() ?? 0) snippets"])
        rows.append(["left by reductions", "\(choice.set.kernelSize)", "\(choice.set.openComponentCount) parts open"])
        rows += answerRows
        for (name, duration) in times.stages { rows.append([name, Figures.duration(duration), ""]) }
        rows.append(["together", Figures.duration(times.total), ""])
        return TextTable(header: ["what", "how much", ""], alignments: [.left, .right], rows: rows).text
    }

    private var finderName: String { options.similarity == .diff ? "all" : options.finder.rawValue }

    /// The report as a JSON object with the members of every cluster, on one line.
    public var json: String { JSONValue.object(members).serialized() }

    private var members: JSONObject {
        let set = choice.set
        var object: JSONObject = [
            "version": 1,
            "read": .integer(Int64(corpus.readCount)),
            "complete": .bool(isComplete),
            "dropped": .object(
                JSONObject(
                    DropReason.allCases.compactMap { reason in
                        corpus.drops[reason].map { (reason.rawValue, .integer(Int64($0))) }
                    })),
            "contaminated": .array(
                corpus.contaminated.map {
                    ["id": .string($0.id), "benchmark_item": .string($0.item), "share": .number($0.share)]
                }),
            "snippets": .integer(Int64(corpus.count)),
            "tokens": .integer(Int64(corpus.tokenCount)),
            "similarity": .string(options.similarity.rawValue),
            "threshold": .number(options.threshold),
            "pairs_by": .string(finderName),
            "pairs_complete": .bool(hasAllPairs && options.finder != .minhash),
            "similar_pairs": .integer(Int64(graph.edgeCount)),
            "kernel": .integer(Int64(set.kernelSize)),
            "kept": .integer(Int64(set.size)),
            "upper_bound": .integer(Int64(set.upperBound)),
            "gap": .number(gap),
            "optimal": .bool(isProven),
            "verified": true,
            "seed": .integer(Int64(bitPattern: options.seed)),
        ]
        if let weight = choice.weight { object["weight"] = .integer(Int64(weight)) }
        if options.preference != .none { object["preference"] = .string(options.preference.rawValue) }
        if let isHeaviest = choice.isHeaviestOfItsSize { object["heaviest_of_its_size"] = .bool(isHeaviest) }
        if let bound = choice.weightBound {
            object["weight_upper_bound"] = .integer(Int64(bound))
            object["upper_bound"] = nil
        }
        object["seconds"] = .object(
            JSONObject(times.stages.map { ($0.name, .number(Figures.milliseconds($0.duration) / 1000)) }))
        object["clusters"] = .array(clusters.map(cluster))
        return object
    }

    /// The members of a cluster, those that are kept apart.
    private func cluster(_ members: [Int32]) -> JSONValue {
        func ids(_ isKept: Bool) -> JSONValue {
            .array(members.filter { choice.set.isMember[Int($0)] == isKept }.map { .string(corpus.ids[Int($0)]) })
        }
        return ["size": .integer(Int64(members.count)), "kept": ids(true), "dropped": ids(false)]
    }
}
