import Glibc
import JSON
import LanguagePlugins
import TaskGeneration
import Tasks

/// The snippets of files and folders, one after the other, in an order that depends on names alone; read on a thread of
/// their own.
///
/// A folder gives every file below it whose ending is a language's, a file with such an ending gives itself, and any
/// other file is read as JSON lines.
actor SnippetSource {
    /// One entry of the input.
    struct Entry: Sendable {
        /// Its place among all, from 0.
        var place: Int
        /// The path of a file of source code, as a curation of the same paths names it.
        var path: String?
        /// The snippet, or why there is none.
        var content: Result<Snippet, Flaw>
    }

    /// What is wrong with an entry.
    struct Flaw: Error, Sendable {
        var reason: DropReason
        var message: String
    }

    private let executor = ThreadExecutor(name: "snippets")
    private let registry: PluginRegistry
    private let fileLimit: Int
    private let defaultLanguage: String?
    /// Paths that are still to be looked at, the next one last.
    private var pending: [(path: String, name: String, isNamed: Bool)]
    /// The file of JSON lines that is being read.
    private var lines: ReadableFile?
    private var reader: JSONLineReader?
    /// The file of source code whose turn it is.
    private var sourceFile: (path: String, name: String, language: String)?
    private var place = 0
    /// Programs that are made up, which come behind all others, and how many have come.
    private let synthetic: SyntheticCorpus?
    private var madeUp = 0
    /// Whether standard input is what is read now, or next.
    private var isPipe: Bool { lines.map { $0.name == "standard input" } ?? (pending.last?.path == "-") }

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Makes a source of paths; `-` is standard input.
    ///
    /// - Parameter defaultLanguage: The language of a line that names none.
    init(
        _ paths: [String], registry: PluginRegistry, fileLimit: Int, defaultLanguage: String? = nil,
        synthetic: SyntheticCorpus? = nil
    ) {
        self.synthetic = synthetic
        self.registry = registry
        self.fileLimit = fileLimit
        self.defaultLanguage = defaultLanguage
        pending = paths.reversed().map { ($0, $0, true) }
    }

    /// The next entries, as many as are wanted and there; none at the end.
    ///
    /// - Throws: `PipelineError` when what was named on the command line cannot be read.
    func next(_ count: Int) throws(PipelineError) -> [Entry] {
        var entries: [Entry] = []
        // Whoever writes into a pipe may wait for an answer to each line.
        while entries.count < (isPipe ? 1 : count), let entry = try next() { entries.append(entry) }
        return entries
    }

    /// The next entry; nil at the end.
    ///
    /// - Throws: `PipelineError` when what was named on the command line cannot be read.
    func next() throws(PipelineError) -> Entry? {
        while true {
            if let file = lines {
                do throws(JSONError) {
                    if let line = try reader?.next() { return entry(snippet(line, file: file.name)) }
                } catch {
                    throw PipelineError(.user, "'\(file.name)': \(error.message)")
                }
                lines = nil
                reader = nil
            }
            if let (path, name, language) = sourceFile {
                sourceFile = nil
                return entry(
                    SnippetFile.text(of: path, limit: fileLimit)
                        .map { code in
                            var fields: JSONObject = ["path": .string(name)]
                            fields["stdin"] = SnippetFile.input(beside: path).map { .string($0) }
                            return Snippet(id: name, language: language, code: code, fields: fields)
                        }
                        .mapError { Flaw(reason: $0.reason, message: "\(path): \($0)") },
                    path: path)
            }
            guard let (path, name, isNamed) = pending.popLast() else { return nextMadeUp() }
            try open(path, name: name, isNamed: isNamed)
        }
    }

    // MARK: -

    private func nextMadeUp() -> Entry? {
        guard let synthetic, madeUp < synthetic.count else { return nil }
        defer { madeUp += 1 }
        return entry(.success(synthetic.snippet(madeUp)))
    }

    private func entry(_ content: Result<Snippet, Flaw>, path: String? = nil) -> Entry {
        defer { place += 1 }
        return Entry(place: place, path: path, content: content)
    }

    private func snippet(_ line: JSONLine, file: String) -> Result<Snippet, Flaw> {
        do {
            return .success(
                try Snippet(line.parse(), defaultID: "line \(line.number)", defaultLanguage: defaultLanguage))
        } catch let error as TaskError {
            return .failure(Flaw(reason: .unreadable, message: "\(file):\(line.number): \(error.description)"))
        } catch {
            return .failure(Flaw(reason: .unreadable, message: "\(file):\(line.number): \(error)"))
        }
    }

    private func open(_ path: String, name: String, isNamed: Bool) throws(PipelineError) {
        var status = stat()
        // A link that was named is followed; one that was found in a folder may lead anywhere, or in a circle.
        let found = path == "-" || (isNamed ? stat(path, &status) : lstat(path, &status)) == 0
        if found, path != "-", status.st_mode & S_IFMT == S_IFDIR {
            guard let names = Self.names(in: path) else {
                if isNamed { throw PipelineError(.user, "cannot read '\(path)': \(SystemFailure.text())") }
                return
            }
            let base = isNamed ? "" : name + "/"
            pending += names.reversed().map { (path.hasSuffix("/") ? path + $0 : "\(path)/\($0)", base + $0, false) }
            return
        }
        if !isNamed, status.st_mode & S_IFMT != S_IFREG { return }
        if let language = SnippetFile.language(of: path, in: registry), found {
            sourceFile = (path, name, language)
        } else if isNamed {
            let file = try ReadableFile(path)
            reader = JSONLineReader(descriptor: file.descriptor)
            lines = file
        }
    }

    /// The names in a folder in the order of their bytes, hidden ones left out.
    private static func names(in path: String) -> [String]? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
