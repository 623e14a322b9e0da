import Glibc
import TestSupport
import Testing

/// A graph whose clique number others have published.
struct KnownGraph: Sendable, CustomTestStringConvertible {
    let name: String
    let vertexCount: Int
    let edgeCount: Int
    let omega: Int

    var path: String { "\(PackageRoot.path)/Tests/Fixtures/dimacs/\(name).clq.b" }
    var testDescription: String { name }

    /// The graphs of `omega.tsv`.
    static let all: [KnownGraph] = {
        guard let table = try? HostBytes.read("\(PackageRoot.path)/Tests/Fixtures/dimacs/omega.tsv") else {
            preconditionFailure("the fixtures are not where the sources are")
        }
        return String(decoding: table, as: UTF8.self).split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: "\t").map(String.init)
            return KnownGraph(
                name: cells[0], vertexCount: Int(cells[1]) ?? -1, edgeCount: Int(cells[2]) ?? -1,
                omega: Int(cells[4]) ?? -1)
        }
    }()
}
