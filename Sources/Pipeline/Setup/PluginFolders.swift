import Glibc

/// Where the folders of language plugins are, in the order in which they are asked.
///
/// A language of one's own goes before one that is shipped, so the order is: what the command line names, what
/// `RETORT_PLUGINS` names (separated by colons), the user's own folder, and what came with the program: beside it in
/// an installation (`../share/retort/plugins`), or in the source tree that it was built in.
public enum PluginFolders {
    /// The folders that exist.
    ///
    /// - Throws: `PipelineError` when a folder that somebody named is none, or when there is no folder at all.
    public static func find(named: [String]) throws(PipelineError) -> [String] {
        var folders: [String] = []
        for folder in named + environment("RETORT_PLUGINS").split(separator: ":").map(String.init) {
            guard isFolder(folder) else {
                throw PipelineError(.user, "'\(folder)' is no folder of plugins", hint: "name the folder above python/")
            }
            folders.append(folder)
        }
        folders += [userFolder, shippedFolder].compactMap { $0 }.filter(isFolder)
        guard !folders.isEmpty else {
            throw PipelineError(.user, "no folder of language plugins", hint: "name one with --plugins DIR")
        }
        var seen: Set<String> = []
        return folders.filter { seen.insert(canonical($0)).inserted }
    }

    /// `$XDG_DATA_HOME/retort/plugins`, by default below `~/.local/share`.
    private static var userFolder: String? {
        UserFolders.data.map { "\($0)/retort/plugins" }
    }

    /// Beside the program, or in the source tree above its build folder.
    private static var shippedFolder: String? {
        guard let program = canonicalPath("/proc/self/exe") else { return nil }
        var folder = parent(of: program)
        if isFolder("\(folder)/../share/retort/plugins") { return canonical("\(folder)/../share/retort/plugins") }
        while folder != "/" && !folder.isEmpty {
            if access("\(folder)/Package.swift", R_OK) == 0 { return "\(folder)/plugins" }
            folder = parent(of: folder)
        }
        return nil
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return "/" }
        return String(path[..<slash])
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func canonical(_ path: String) -> String { canonicalPath(path) ?? path }

    private static func canonicalPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func environment(_ name: String) -> String {
        getenv(name).map { String(cString: $0) } ?? ""
    }
}
