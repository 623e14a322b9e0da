/// The languages that are there, by name and alias.
public final class PluginRegistry: Sendable {
    /// A name that two plugins want; the first keeps it.
    public struct Shadowing: Sendable, Hashable, CustomStringConvertible {
        /// The name or alias.
        public var name: String
        /// The folder of the plugin that has it.
        public var winner: String
        /// The folder of the plugin that goes without.
        public var loser: String

        /// The clash in words.
        public var description: String { "'\(name)' of \(loser) is shadowed by \(winner)" }
    }

    /// A plugin that cannot be used as it is.
    ///
    /// Its name is nobody's meanwhile: whoever put a language of their own in front of one that is shipped is not to be
    /// judged by the shipped one because of a missing comma.
    public struct Refusal: Sendable, CustomStringConvertible {
        /// The name of its folder, which is to be the language's.
        public var name: String
        /// Its folder.
        public var folder: String
        /// What is wrong with it.
        public var error: PluginError

        /// The fault in words.
        public var description: String { "\(folder) is left out: \(error.description)" }
    }

    private enum Candidate {
        case read(LanguagePlugin)
        case refused(Refusal)
    }

    /// The languages in the order of their names.
    public let all: [LanguagePlugin]
    /// The plugins that are left out, because of what is wrong with them; the others do not suffer for it.
    public let refused: [Refusal]
    /// The names that more than one plugin wanted.
    public let shadowed: [Shadowing]
    private let byName: [String: LanguagePlugin]

    /// Loads every plugin in the folders; the plugins of an earlier folder win over those of a later one.
    ///
    /// - Parameter folders: Folders of plugins, or folders that are a plugin themselves.
    /// - Throws: `PluginError` when a folder is not there; one whose manifest is wrong is among `refused`.
    public static func load(folders: [String]) throws(PluginError) -> PluginRegistry {
        let places = try places(in: folders)
        // Those that extend another come last, when the others are known.
        let isSecond = places.map(PluginLoader.extendsAnother)
        var candidates = [Candidate?](repeating: nil, count: places.count)
        for (index, place) in places.enumerated() where !isSecond[index] { candidates[index] = candidate(place) }
        let first = PluginRegistry(candidates.compactMap(\.self))
        for (index, place) in places.enumerated() where isSecond[index] {
            candidates[index] = candidate(place) { first.plugin(named: $0) }
        }
        return PluginRegistry(candidates.compactMap(\.self))
    }

    private static func candidate(
        _ place: String, extending base: (String) -> LanguagePlugin? = { _ in nil }
    ) -> Candidate {
        do throws(PluginError) {
            return .read(try PluginLoader.load(place, extending: base))
        } catch {
            let name = place.split(separator: "/").last.map { $0.lowercased() } ?? place
            return .refused(Refusal(name: name, folder: place, error: error))
        }
    }

    /// The folders of plugins in their order of precedence.
    private static func places(in folders: [String]) throws(PluginError) -> [String] {
        var places: [String] = []
        for folder in folders {
            if HostFolder.exists("\(folder)/plugin.json") {
                places.append(folder)
                continue
            }
            guard let names = HostFolder.names(in: folder) else {
                throw PluginError(.manifest, "\(folder): no such folder", hint: "name a folder that holds plugins")
            }
            places += names.map { "\(folder)/\($0)" }.filter { HostFolder.exists("\($0)/plugin.json") }
        }
        return places
    }

    convenience init(_ plugins: [LanguagePlugin]) { self.init(plugins.map(Candidate.read)) }

    private init(_ candidates: [Candidate]) {
        var byName: [String: LanguagePlugin] = [:]
        var shadowed: [Shadowing] = []
        var all: [LanguagePlugin] = []
        var refused: [Refusal] = []
        func claim(_ name: String, for plugin: LanguagePlugin) -> Bool {
            if refused.contains(where: { $0.name == name }) { return false }
            if let winner = byName[name] {
                if winner.folder != plugin.folder {
                    shadowed.append(Shadowing(name: name, winner: winner.folder, loser: plugin.folder))
                }
                return false
            }
            byName[name] = plugin
            return true
        }
        // Names before aliases: nobody's alias may take another language's name, whatever the order of folders.
        for candidate in candidates {
            switch candidate {
            case .read(let plugin): if claim(plugin.manifest.name, for: plugin) { all.append(plugin) }
            case .refused(let refusal): refused.append(refusal)
            }
        }
        for plugin in all {
            for alias in plugin.manifest.aliases { _ = claim(alias, for: plugin) }
        }
        self.all = all.sorted { $0.manifest.name < $1.manifest.name }
        self.byName = byName
        self.shadowed = shadowed
        self.refused = refused
    }

    /// What whoever uses the languages is told of them: the plugins left out, and the names that more than one wanted.
    public var notes: [String] { refused.map(\.description) + shadowed.map(\.description) }

    /// The language of a name or an alias, in whatever case; nil when there is none.
    public func plugin(named name: String) -> LanguagePlugin? { byName[name.lowercased()] }

    /// The language of files with an ending, such as `py`; nil when there is none.
    ///
    /// Where several have it, it is the one that is called so by name or alias: a second implementation of a language and
    /// its test frameworks are asked for by name.
    public func plugin(ofFilesEndingIn ending: String) -> LanguagePlugin? {
        let candidates = all.filter { $0.manifest.fileExtension == ending }
        return candidates.first { $0.manifest.name == ending || $0.manifest.aliases.contains(ending) }
            ?? candidates.first { $0.manifest.extends == nil } ?? candidates.first
    }

    /// The language of a name or an alias, in whatever case.
    ///
    /// - Throws: `PluginError` that says what is wrong with the plugin of that name, or which languages there are.
    public func requirePlugin(named name: String) throws(PluginError) -> LanguagePlugin {
        if let plugin = plugin(named: name) { return plugin }
        if let refusal = refused.first(where: { $0.name == name.lowercased() }) { throw refusal.error }
        throw PluginError(
            .unknownLanguage, "unknown language '\(name)'",
            hint: "the languages are \(all.map(\.manifest.name).joined(separator: ", "))")
    }

    /// The language of a name or an alias that can be run here.
    ///
    /// - Throws: `PluginError` when there is none, or its toolchain is missing.
    func availablePlugin(named name: String) throws(PluginError) -> LanguagePlugin {
        let plugin = try requirePlugin(named: name)
        if case .missing(let reason) = plugin.toolchain.state {
            throw PluginError(
                .unavailable, "\(plugin.manifest.name) needs \(reason), which is not installed",
                hint: "install the package \(plugin.manifest.toolchain.package)")
        }
        return plugin
    }
}
