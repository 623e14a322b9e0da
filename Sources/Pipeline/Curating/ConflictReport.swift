public import Curation
import JSON

/// `retort curate --conflicts`: a largest, or heaviest, independent set of a graph that somebody else made.
public struct ConflictReport: Sendable {
    private let name: String
    private let graph: ConflictGraph
    private let set: IndependentSet
    /// The weight of the set and its bound; nil where vertices have no weights.
    private let weight: (reached: Int, bound: Int)?
    private let elapsed: Duration

    /// Reads a graph (a line `n m`, then a pair of vertices from 0 a line) and solves it.
    ///
    /// With lines `w VERTEX WEIGHT` the heaviest set is looked for.
    ///
    /// - Throws: `PipelineError` when the file cannot be read or is no such graph, and when the answer does not stand
    ///   its check.
    public init(
        path: String, seed: UInt64, effort: SearchEffort, jobs: Int?, control: CurationControl
    ) throws(PipelineError) {
        let stream = try ByteStream(path)
        var bytes: [UInt8] = []
        while case let piece = try stream.next(), !piece.isEmpty {
            bytes += piece
            guard bytes.count <= CliqueReport.largest else {
                throw PipelineError(.user, "'\(path)' has more than \(Figures.bytes(CliqueReport.largest))")
            }
        }
        let weights: [Int]?
        do throws(CurationError) {
            (graph, weights) = try PairList.read(bytes)
        } catch {
            throw PipelineError(.user, "\(path): \(error)", hint: "give a line 'n m', then m lines 'u v' from 0")
        }
        let start = ContinuousClock.now
        let threads = max(1, jobs ?? Processors.count)
        if let weights {
            let choice = WeightedChoice(
                graph, weights: weights, seed: seed, effort: effort, threads: threads, control: control.search)
            let found = choice.heaviest()
            (set, weight) = (found.set, (found.weight, found.upperBound))
        } else {
            set = MaximumIndependentSet(graph, seed: seed, effort: effort, threads: threads, control: control.search)
                .solve()
            weight = nil
        }
        elapsed = ContinuousClock.now - start
        name = path
        let members = set.isMember
        let reached = weights.map { all in all.indices.reduce(0) { $0 + (members[$1] ? all[$1] : 0) } }
        guard graph.isIndependent(members), graph.isDominating(members), set.size <= set.upperBound,
            reached == weight?.reached, weight.map({ $0.reached <= $0.bound }) ?? true
        else {
            throw PipelineError(.user, "the answer for \(path) is wrong", hint: "report this: it is our fault")
        }
    }

    private var isProven: Bool { weight.map { $0.reached == $0.bound } ?? set.isProven }

    /// The report for a person.
    public var text: String {
        let bound = weight?.bound ?? set.upperBound
        let proof = isProven ? "so the set is a maximum" : "not reached"
        let weighs = weight.map { ", weighing \($0.reached)" } ?? ""
        return """
            graph     \(name): \(graph.vertexCount) vertices, \(graph.edgeCount) edges
            set       \(set.size) vertices\(weighs), verified
            bound     \(bound), \(proof)
            kernel    \(set.kernelSize) vertices left by reductions, \(set.openComponentCount) parts open
            search    \(Figures.duration(elapsed))

            """
    }

    /// The report as a JSON object, on one line.
    public var json: String {
        var object: JSONObject = [
            "graph": .string(name),
            "vertices": .integer(Int64(graph.vertexCount)),
            "edges": .integer(Int64(graph.edgeCount)),
            "set": .array(set.isMember.indices.filter { set.isMember[$0] }.map { .integer(Int64($0)) }),
            "size": .integer(Int64(set.size)),
            "upper_bound": .integer(Int64(weight?.bound ?? set.upperBound)),
            "proven": .bool(isProven),
            "verified": true,
            "kernel": .integer(Int64(set.kernelSize)),
            "seconds": .number(elapsed / .seconds(1)),
        ]
        if let weight { object["weight"] = .integer(Int64(weight.reached)) }
        return JSONValue.object(object).serialized()
    }
}
