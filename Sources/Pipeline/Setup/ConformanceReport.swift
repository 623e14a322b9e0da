import JSON
import LanguagePlugins
import Tasks

/// How the examples of languages did, for `retort plugins verify`.
public struct ConformanceReport: Sendable {
    private let rows: [ConformanceRow]
    /// Languages that were not asked, with what they lack.
    private let unavailable: [PluginListing]
    private let isStrict: Bool

    init(rows: [ConformanceRow], unavailable: [PluginListing], isStrict: Bool) {
        self.rows = rows
        self.unavailable = unavailable
        self.isStrict = isStrict
    }

    /// The rows in a table, and what is missing.
    public var text: String {
        let table = TextTable(
            header: ["language", "example", "expected", "verdict", ""],
            rows: rows.map { row in
                [row.language, row.example, row.expected.rawValue, row.actual.rawValue, row.passed ? "ok" : "DIFFERS"]
            }
        )
        let details = rows.filter { !$0.passed && !$0.detail.isEmpty }.map { row in
            "\n\(row.language)/\(row.example): \(row.detail)\n"
        }
        let missing = unavailable.map { "not verified: \($0.name), install the package \($0.missingPackage ?? "")\n" }
        let passed = rows.count(where: \.passed)
        return table.text + details.joined() + missing.joined() + "\(passed) of \(rows.count) examples as expected\n"
    }

    /// The rows as a JSON array, on one line.
    public var json: String {
        let values: [JSONValue] = rows.map { row in
            [
                "language": .string(row.language), "example": .string(row.example),
                "expected": .string(row.expected.rawValue), "verdict": .string(row.actual.rawValue),
                "passed": .bool(row.passed), "detail": .string(row.detail),
            ]
        }
        return JSONValue.array(values).serialized()
    }

    /// Passes when every verdict is the expected one.
    ///
    /// - Throws: `PipelineError` that says how many are not, or which named language could not be verified.
    public func verify() throws(PipelineError) {
        let failed = rows.count(where: { !$0.passed })
        if failed > 0 { throw PipelineError(.user, "\(failed) of \(rows.count) examples differ from their names") }
        if isStrict, let first = unavailable.first {
            throw PipelineError(
                .user,
                "\(first.name) was not verified: its toolchain is missing",
                hint: "install the package \(first.missingPackage ?? "")"
            )
        }
    }
}
