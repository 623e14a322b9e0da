import Glibc

/// One file to read snippets from.
struct CurationSource {
    /// What is in it.
    enum Content {
        /// One JSON object a line.
        case lines
        /// One snippet, the whole file, in a language of that file extension.
        case code(fileExtension: String)
    }

    let path: String
    let content: Content

    /// The sources that paths stand for: files as they are, folders with all that is below them in the order of names.
    ///
    /// Links to folders are not followed, and names with a leading dot are passed over, in folders.
    static func find(_ paths: [String]) throws(PipelineError) -> [CurationSource] {
        var sources: [CurationSource] = []
        for path in paths {
            var status = stat()
            guard path == "-" || stat(path, &status) == 0 else {
                throw PipelineError(.user, "cannot read '\(path)': \(SystemFailure.text())")
            }
            if path != "-" && status.st_mode & S_IFMT == S_IFDIR {
                walk(path, into: &sources)
            } else {
                sources.append(CurationSource(path))
            }
        }
        return sources
    }

    private init(_ path: String) {
        self.path = path
        var parts = path.split(separator: "/").last.map { $0.split(separator: ".") } ?? []
        if parts.last == "gz" { parts.removeLast() }
        let fileExtension = parts.count > 1 ? String(parts[parts.count - 1]) : ""
        content =
            path == "-" || ["jsonl", "ndjson", "json"].contains(fileExtension)
            ? .lines : .code(fileExtension: fileExtension)
    }

    private static func walk(_ folder: String, into sources: inout [CurationSource]) {
        guard let directory = opendir(folder) else { return }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        closedir(directory)
        for name in names.sorted() {
            let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
            var status = stat()
            guard lstat(path, &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR { walk(path, into: &sources) }
            if status.st_mode & S_IFMT == S_IFREG { sources.append(CurationSource(path)) }
        }
    }
}
