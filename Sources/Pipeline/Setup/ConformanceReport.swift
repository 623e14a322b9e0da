import JSON
import LanguagePlugins
import Tasks

/// How languages did in the conformance run, for `retort plugins verify`.
public struct ConformanceReport: Sendable {
    private let languages: [LanguageConformance]
    /// Languages that were not verified, with what they lack.
    private let unavailable: [PluginListing]
    /// Plugins that could not be read.
    private let refused: [PluginRegistry.Refusal]
    private let isStrict: Bool

    init(
        languages: [LanguageConformance], unavailable: [PluginListing], refused: [PluginRegistry.Refusal],
        isStrict: Bool
    ) {
        self.languages = languages
        self.unavailable = unavailable
        self.refused = refused
        self.isStrict = isStrict
    }

    /// A line for each language, each check that failed with what to change, and what is missing.
    ///
    /// Languages that were asked for by name are shown check by check.
    public var text: String {
        let table = TextTable(
            header: ["language", "version", "compile", "cold start", "warm start", "checks", ""],
            alignments: [.left, .left, .right, .right, .right],
            rows: languages.map { Self.cells($0) + [$0.passed ? "ok" : "FAILED"] })
        let checks = isStrict ? languages.map { Self.checks(of: $0).text + "\n" } : []
        let failures = languages.flatMap { language in
            language.rows.filter { $0.state == .failed }.map { row in
                let advice = row.advice.isEmpty ? "" : "\n  change: \(row.advice)"
                return "\(language.plugin.manifest.name)/\(row.name): \(row.detail)\(advice)\n\n"
            }
        }
        let missing = unavailable.map {
            "not verified: \($0.name), install the package \($0.missingPackage ?? "") or run make languages LANGS=\($0.name)\n"
        }
        let passed = languages.count(where: \.passed)
        return checks.joined() + failures.joined() + table.text + missing.joined()
            + "\(passed) of \(languages.count) languages conform\n"
    }

    /// The languages as a table in Markdown.
    public var markdown: String {
        let header = """
            | language | Debian package | version | compile | cold start | warm start | checks |
            |---|---|---|--:|--:|--:|---|

            """
        return header
            + languages.map { language in
                let manifest = language.plugin.manifest
                let cells = Self.cells(language)
                let name = language.passed ? manifest.name : "\(manifest.name) (fails)"
                let row = [name, manifest.toolchain.package, Self.number(in: cells[1])] + cells[2...]
                return "| \(row.joined(separator: " | ")) |\n"
            }.joined()
    }

    /// The languages as a JSON array, on one line.
    public var json: String {
        let values: [JSONValue] = languages.map { language in
            [
                "language": .string(language.plugin.manifest.name),
                "version": .string(Self.version(of: language.plugin)),
                "passed": .bool(language.passed),
                "compile_ms": Self.milliseconds(language.compileTime),
                "cold_ms": Self.milliseconds(language.coldTime),
                "warm_ms": Self.milliseconds(language.warmTime),
                "checks": .array(language.rows.map { .object(Self.object($0)) }),
            ]
        }
        return JSONValue.array(values).serialized()
    }

    /// Passes when every check of every language did.
    ///
    /// - Throws: `PipelineError` that says how many did not, or which named language could not be verified.
    public func verify() throws(PipelineError) {
        let failed = languages.filter { !$0.passed }.map(\.plugin.manifest.name)
        if !failed.isEmpty {
            throw PipelineError(
                .user,
                "\(failed.count) of \(languages.count) languages do not conform: \(failed.joined(separator: ", "))")
        }
        if let first = refused.first { throw PipelineError(first.error) }
        if isStrict, let first = unavailable.first {
            throw PipelineError(
                .user,
                "\(first.name) was not verified: its toolchain is missing",
                hint: "install the package \(first.missingPackage ?? "")"
            )
        }
    }

    // MARK: -

    private static func cells(_ language: LanguageConformance) -> [String] {
        let without = language.count(.notApplicable)
        let passed = language.count(.passed)
        return [
            language.plugin.manifest.name, version(of: language.plugin), duration(language.compileTime),
            duration(language.coldTime), duration(language.warmTime),
            "\(passed) of \(language.rows.count - without)" + (without > 0 ? ", \(without) do not apply" : ""),
        ]
    }

    private static func checks(of language: LanguageConformance) -> TextTable {
        TextTable(
            header: [language.plugin.manifest.name, "verdict", "time", "", ""],
            alignments: [.left, .left, .right],
            rows: language.rows.map { row in
                let reason = row.state == .notApplicable ? row.detail : ""
                let state = row.state == .passed ? "ok" : row.state == .failed ? "FAILED" : "-"
                return [row.name, row.verdict?.rawValue ?? "", duration(row.wallTime), state, reason]
            })
    }

    private static func object(_ row: ConformanceRow) -> JSONObject {
        [
            "name": .string(row.name), "state": .string(row.state.rawValue),
            "verdict": row.verdict.map { .string($0.rawValue) } ?? .null, "wall_ms": milliseconds(row.wallTime),
            "detail": .string(row.detail), "advice": .string(row.advice),
        ]
    }

    private static func version(of plugin: LanguagePlugin) -> String {
        if case .available(let version) = plugin.availability { version } else { "" }
    }

    /// The first number with a dot in a version's line; the line when it has none.
    private static func number(in line: String) -> String {
        let words = line.split { !($0.isASCII && $0.isNumber) && $0 != "." }
        let numbers = words.map { String($0).split(separator: ".").joined(separator: ".") }
        return numbers.first { $0.contains(".") } ?? line
    }

    private static func duration(_ duration: Duration?) -> String { duration.map(Figures.duration) ?? "" }

    private static func milliseconds(_ duration: Duration?) -> JSONValue {
        duration.map { .number(Figures.milliseconds($0)) } ?? .null
    }
}
