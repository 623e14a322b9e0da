import JSON
import Tasks
import Testing

@testable import TaskGeneration

@Suite("Clusters of snippets")
struct SnippetClustersTests {
    private static let report =
        #"{"version":1,"clusters":[{"size":3,"kept":["c","a"],"dropped":["b"]},{"size":2,"kept":["y"],"dropped":["x"]}]}"#

    private func snippet(_ id: String, _ code: String, _ fields: JSONObject = [:]) -> Snippet {
        Snippet(id: id, language: "python", code: code, fields: fields)
    }

    @Test("hold what a curation found alike, and later copies of its texts under other names")
    func report() throws {
        var clusters = try SnippetClusters(report: JSONSource(Self.report))
        let first = clusters.cluster(of: snippet("a", "1"))
        #expect(clusters.cluster(of: snippet("b", "2")) == first)
        #expect(clusters.cluster(of: snippet("c", "3")) == first)
        #expect(clusters.cluster(of: snippet("x", "4")) == clusters.cluster(of: snippet("y", "5")))
        #expect(clusters.cluster(of: snippet("x", "4")) != first)
        #expect(clusters.cluster(of: snippet("copy", "2")) == first)
        #expect(clusters.cluster(of: snippet("alone", "6")) != first)
        #expect(clusters.cluster(of: snippet("file", "7"), path: "y") == clusters.cluster(of: snippet("x", "4")))
        #expect(clusters.found == 8)
    }

    @Test("are those of equal text without a report, and those that a field names before all others")
    func others() throws {
        var clusters = SnippetClusters()
        #expect(clusters.isEmpty)
        #expect(clusters.cluster(of: snippet("a", "1")) == clusters.cluster(of: snippet("b", "1")))
        #expect(clusters.cluster(of: snippet("a", "1")) != clusters.cluster(of: snippet("a", "2")))
        let named = clusters.cluster(of: snippet("a", "1", ["cluster": 7]))
        #expect(named == clusters.cluster(of: snippet("b", "2", ["cluster": 7])))
    }

    @Test("go into parts by their shares, whole")
    func parts() {
        let splits = Splits([Splits.Part("train", 8), Splits.Part("test", 2)])
        let parts = (0..<2000).map { splits.part(of: "cluster \($0)", seed: 3) }
        let share = Double(parts.count { $0 == "test" }) / 2000
        #expect((0.17...0.23).contains(share))
        #expect(parts == (0..<2000).map { splits.part(of: "cluster \($0)", seed: 3) })
    }

    @Test(
        "are refused where there are none",
        arguments: [#"{"version":1}"#, #"{"clusters":[{"kept":["a"]}]}"#, #"{"clusters":[1]}"#, "[]", "{"])
    func refusals(text: String) {
        #expect(throws: TaskError.self) { try SnippetClusters(report: JSONSource(text)) }
    }
}
