import Glibc

/// Folders that are made where they are missing.
enum Folder {
    /// Makes a folder and those above it.
    ///
    /// - Throws: `PipelineError` when one cannot be made.
    static func make(_ path: String) throws(PipelineError) {
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += made.isEmpty || made.hasSuffix("/") ? String(part) : "/" + part
            guard mkdir(made, 0o755) == 0 || errno == EEXIST || errno == EISDIR || errno == EROFS else {
                throw PipelineError(.user, "cannot make the folder '\(made)': \(SystemFailure.text())")
            }
        }
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw PipelineError(.user, "'\(path)' is no folder")
        }
    }

    /// Whether something of that path is there.
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
