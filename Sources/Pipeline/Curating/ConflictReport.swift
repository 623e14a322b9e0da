public import Curation
import JSON

/// `retort curate --conflicts`: a largest independent set of a graph of similar pairs that somebody else made.
public struct ConflictReport: Sendable {
    private let name: String
    private let graph: ConflictGraph
    private let set: IndependentSet
    private let elapsed: Duration

    /// Reads a graph (a line `n m`, then a pair of vertices from 0 a line) and solves it.
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
        do throws(CurationError) {
            graph = try PairList.parse(bytes)
        } catch {
            throw PipelineError(.user, "\(path): \(error)", hint: "give a line 'n m', then m lines 'u v' from 0")
        }
        let start = ContinuousClock.now
        set = MaximumIndependentSet(
            graph, seed: seed, effort: effort, threads: max(1, jobs ?? Processors.count), control: control.search
        ).solve()
        elapsed = ContinuousClock.now - start
        name = path
        guard graph.isIndependent(set.isMember), graph.isDominating(set.isMember), set.size <= set.upperBound else {
            throw PipelineError(.user, "the answer for \(path) is wrong", hint: "report this: it is our fault")
        }
    }

    /// The report for a person.
    public var text: String {
        let bound = "\(set.upperBound)" + (set.isProven ? ", so the set is a maximum" : ", not reached")
        return """
            graph     \(name): \(graph.vertexCount) vertices, \(graph.edgeCount) edges
            set       \(set.size) vertices, verified
            bound     \(bound)
            kernel    \(set.kernelSize) vertices left by reductions, \(set.openComponentCount) parts open
            search    \(Figures.duration(elapsed))

            """
    }

    /// The report as a JSON object, on one line.
    public var json: String {
        JSONValue.object([
            "graph": .string(name),
            "vertices": .integer(Int64(graph.vertexCount)),
            "edges": .integer(Int64(graph.edgeCount)),
            "set": .array(set.isMember.indices.filter { set.isMember[$0] }.map { .integer(Int64($0)) }),
            "size": .integer(Int64(set.size)),
            "upper_bound": .integer(Int64(set.upperBound)),
            "proven": .bool(set.isProven),
            "verified": true,
            "kernel": .integer(Int64(set.kernelSize)),
            "seconds": .number(elapsed / .seconds(1)),
        ]).serialized()
    }
}
