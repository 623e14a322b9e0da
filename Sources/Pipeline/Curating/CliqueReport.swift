import Curation
import JSON

/// `retort curate --graph`: a maximum clique of a graph in a file, verified, with what is proven about it.
public struct CliqueReport: Sendable {
    private let name: String
    private let vertexCount: Int
    private let edgeCount: Int
    private let answer: CliqueAnswer
    private let elapsed: Duration

    /// The largest file that is read: 512 MiB.
    public static let largest = 512 << 20

    /// Reads a graph in a DIMACS format and solves it.
    ///
    /// - Throws: `PipelineError` when the file cannot be read or is no such graph, and when the answer does not stand
    ///   its check.
    public init(path: String, seed: UInt64, jobs: Int?, control: CurationControl) throws(PipelineError) {
        let file = try ReadableFile(path)
        let bytes = try file.bytes(limit: Self.largest)
        let graph: DenseGraph
        do throws(CurationError) {
            graph = try DIMACSFile.parse(bytes)
        } catch {
            throw PipelineError(.user, "\(file.name): \(error)", hint: "give a DIMACS graph, .clq or .clq.b")
        }
        let start = ContinuousClock.now
        let threads = max(1, jobs ?? Processors.count)
        answer = MaximumClique(graph, seed: seed, threads: threads, control: control.search).solve()
        elapsed = ContinuousClock.now - start
        name = file.name
        vertexCount = graph.vertexCount
        edgeCount = graph.edgeCount
        guard graph.isClique(answer.vertices) else {
            throw PipelineError(.user, "the answer for \(name) is no clique", hint: "report this: it is our fault")
        }
    }

    /// The report for a person; vertices are counted from 1, as in the file.
    public var text: String {
        let bound = "\(answer.upperBound)" + (answer.isProven ? ", so the clique is a maximum" : ", not reached")
        return """
            graph     \(name): \(vertexCount) vertices, \(edgeCount) edges
            clique    \(answer.vertices.count) vertices, verified
            bound     \(bound)
            search    \(Figures.duration(elapsed)), \(answer.nodeCount) nodes
            vertices  \(answer.vertices.map { String($0 + 1) }.joined(separator: " "))

            """
    }

    /// The report as a JSON object, on one line.
    public var json: String {
        JSONValue.object([
            "graph": .string(name),
            "vertices": .integer(Int64(vertexCount)),
            "edges": .integer(Int64(edgeCount)),
            "clique": .array(answer.vertices.map { .integer(Int64($0 + 1)) }),
            "size": .integer(Int64(answer.vertices.count)),
            "upper_bound": .integer(Int64(answer.upperBound)),
            "proven": .bool(answer.isProven),
            "verified": true,
            "nodes": .integer(Int64(answer.nodeCount)),
            "seconds": .number(elapsed / .seconds(1)),
        ]).serialized()
    }
}
