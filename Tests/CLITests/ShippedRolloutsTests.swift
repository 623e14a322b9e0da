import Foundation
import TestSupport
import Testing

@Suite("the shipped rollouts", .timeLimit(.minutes(10))) struct ShippedRolloutsTests {
    private static let folder = "\(PackageRoot.path)/Tests/Fixtures/rollouts"

    @Test("get the verdicts that their publisher gave them")
    func publishedVerdicts() throws {
        let table = try String(contentsOfFile: "\(Self.folder)/expected.tsv", encoding: .utf8)
        let published = table.split(separator: "\n").dropFirst().map { $0.split(separator: "\t").map(String.init) }
        let verdicts = try verdicts(of: "humaneval-python.jsonl")
        #expect(published.count >= 100)
        for row in published {
            #expect((verdicts[row[0]] == "accepted") == (row[1] == "pass"), "\(row[0]): \(verdicts[row[0]] ?? "none")")
        }
    }

    @Test("are judged in all seven languages, none of them by an error of ours")
    func languages() throws {
        let verdicts = try verdicts(of: "mbxp.jsonl")
        #expect(verdicts.count == 140)
        #expect(!verdicts.values.contains("internal_error"))
        // MBXP names its problems by language.
        for prefix in ["MBPP", "MBJP", "MBJSP", "MBCPP", "MBGP", "MBTSP", "MBSWP"] {
            let own = verdicts.filter { $0.key.hasPrefix("\(prefix)/") }.values
            #expect(own.count == 20, "\(prefix)")
            #expect(own.contains("accepted") && !own.allSatisfy { $0 == "accepted" }, "\(prefix): \(own)")
        }
    }

    private func verdicts(of file: String) throws -> [String: String] {
        let outcome = try RetortCommand.run(["score", "\(Self.folder)/\(file)", "--preset", "tests"])
        #expect(outcome.code == 0, "\(outcome.stderr)")
        let lines = try outcome.lines.map(RolloutLine.read)
        return Dictionary(
            lines.compactMap { line in
                (line["id"] as? String).map { ($0, line["verdict"] as? String ?? "") }
            },
            uniquingKeysWith: { first, _ in first }
        )
    }
}
