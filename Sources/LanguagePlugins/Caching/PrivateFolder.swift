import Glibc

/// Makes folders that nobody else may write into.
enum PrivateFolder {
    /// Makes a folder and those above it, where they are missing.
    ///
    /// - Parameter mode: Who may do what in the folders that are made; nobody else may write.
    /// - Throws: `PluginError` when it cannot be made, or when others may write into it.
    static func make(_ folder: String, mode: mode_t = 0o700) throws(PluginError) {
        var path = ""
        for step in folder.split(separator: "/") {
            path += (path.isEmpty && !folder.hasPrefix("/") ? "" : "/") + step
            // Whatever the umask says.
            if mkdir(path, mode) == 0 { chmod(path, mode) }
        }
        var status = stat()
        guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, access(folder, W_OK) == 0 else {
            throw PluginError(.request, "\(folder): cannot be written", hint: "name another folder for the cache")
        }
        guard status.st_uid == geteuid(), status.st_mode & 0o022 == 0 else {
            throw PluginError(
                .request, "\(folder): others may write into it",
                hint: "make it yours alone: chmod 700 \(folder)")
        }
    }

    /// Writes a file under another name, to be renamed when it is whole; false when it could not be.
    static func write(_ bytes: [UInt8], to path: String) -> Bool {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return false }
        let isWritten = StoredFile.write(bytes, to: descriptor)
        return close(descriptor) == 0 && isWritten
    }
}
