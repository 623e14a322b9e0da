import JSON
import LanguagePlugins
import Sandbox

/// What this host offers: layers, limits, languages, and what to do about what is missing.
public struct DoctorReport: Sendable {
    private let capabilities: [HostCapabilities.Capability]
    private let isolation: Result<IsolationReport, SandboxError>
    private let languages: [PluginListing]
    private let cacheFolder: String?

    /// Examines the host by starting a sandbox and asking every toolchain.
    ///
    /// - Throws: `PipelineError` when the plugins cannot be read. A sandbox that does not start is part of the report.
    public init(_ options: CompositionRoot.Options) throws(PipelineError) {
        languages = try CompositionRoot.registry(options.pluginFolders).all.map(PluginListing.init)
        capabilities = HostCapabilities.probe().capabilities
        cacheFolder = UserFolders.cache.map { "\($0)/retort" }
        isolation = Result { () throws(SandboxError) in
            let sandbox = try SandboxRunner(SandboxOptions(slots: 1, require: options.requiredLevel))
            defer { sandbox.shutdown() }
            return sandbox.isolation
        }
    }

    /// Whether programs can be run as strongly as required.
    public var canRun: Bool {
        if case .success = isolation { true } else { false }
    }

    /// The report for a person.
    public var text: String {
        var parts = [isolationText]
        parts.append(
            TextTable(
                header: ["host", "state", "found"],
                rows: capabilities.map { [$0.name, $0.isAvailable ? "yes" : "no", $0.detail] }
            ).text
        )
        parts.append(PluginListing.table(languages).text)
        let remedies = self.remedies.map { "hint: \($0)\n" }.joined()
        if !remedies.isEmpty { parts.append(remedies) }
        return parts.joined(separator: "\n")
    }

    /// The report for a program, on one line.
    public var json: String {
        var object: JSONObject = ["can_run": .bool(canRun)]
        switch isolation {
        case .success(let report):
            object["level"] = .string(report.level.rawValue)
            object["isolation"] = .object(IsolationJSON.object(report))
            object["error"] = .null
        case .failure(let error):
            object["level"] = .null
            object["isolation"] = .null
            object["error"] = .string(error.description)
        }
        object["host"] = .array(
            capabilities.map {
                [
                    "name": .string($0.name), "available": .bool($0.isAvailable), "detail": .string($0.detail),
                    "remedy": .string($0.remedy),
                ]
            }
        )
        object["languages"] = .array(languages.map { .object($0.json) })
        object["remedies"] = .array(remedies.map { .string($0) })
        return JSONValue.object(object).serialized()
    }

    private var isolationText: String {
        switch isolation {
        case .success(let report):
            let limits = TextTable(
                header: ["limit", "enforced by"],
                rows: report.limits.sorted { $0.key < $1.key }.map { [$0.key, $0.value] }
            )
            return """
                isolation  \(report.level.rawValue)
                layers     \(report.layers.joined(separator: " "))
                cache      \(cacheFolder ?? "none: neither HOME nor XDG_CACHE_HOME is set")

                \(limits.text)
                """
        case .failure(let error):
            return "isolation  none: \(error.description)\n"
        }
    }

    /// What to do about everything that is missing, each said once.
    private var remedies: [String] {
        var all = capabilities.filter { !$0.isAvailable }.map(\.remedy)
        if case .failure(let error) = isolation { all.append(error.hint) }
        let packages = languages.compactMap(\.missingPackage)
        if !packages.isEmpty { all.append("apt-get install \(packages.joined(separator: " "))") }
        var seen: Set<String> = [""]
        return all.filter { seen.insert($0).inserted }
    }
}
