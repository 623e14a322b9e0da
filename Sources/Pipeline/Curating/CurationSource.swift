import Glibc

/// One file to read snippets from.
struct CurationSource {
    /// What is in it.
    enum Content {
        /// One JSON object a line.
        case lines
        /// One snippet, the whole file, in a language of that file extension.
        case code(fileExtension: String)
        /// Something that a folder holds and nobody can open.
        case unreadable
    }

    let path: String
    let content: Content
    /// Whether it was found in a folder, where it is one among many and no reason to stop.
    let isFound: Bool

    /// The sources that paths stand for: files as they are, folders with all that is below them in the order of names.
    ///
    /// Links to folders are not followed, and names with a leading dot are passed over, in folders; there, `.json` is data
    /// and no list of snippets.
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
                sources.append(CurationSource(path, isFound: false))
            }
        }
        return sources
    }

    private init(unreadable path: String) {
        self.path = path
        content = .unreadable
        isFound = true
    }

    private init(_ path: String, isFound: Bool) {
        self.path = path
        self.isFound = isFound
        var parts = path.split(separator: "/").last.map { $0.split(separator: ".") } ?? []
        if parts.last == "gz" { parts.removeLast() }
        let fileExtension = parts.count > 1 ? String(parts[parts.count - 1]) : ""
        let isList = ["jsonl", "ndjson"].contains(fileExtension) || !isFound && fileExtension == "json"
        content = path == "-" || isList ? .lines : .code(fileExtension: fileExtension)
    }

    private static func walk(_ folder: String, into sources: inout [CurationSource]) {
        guard let directory = opendir(folder) else {
            sources.append(CurationSource(unreadable: folder))
            return
        }
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
            guard lstat(path, &status) == 0 else {
                // Something is there, whose name is no text: it is counted as what cannot be read.
                sources.append(CurationSource(unreadable: path))
                continue
            }
            if status.st_mode & S_IFMT == S_IFDIR { walk(path, into: &sources) }
            if status.st_mode & S_IFMT == S_IFREG { sources.append(CurationSource(path, isFound: true)) }
        }
    }
}
