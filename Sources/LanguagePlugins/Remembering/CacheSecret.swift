import Glibc

/// 32 bytes that only the owner of a cache can read.
enum CacheSecret {
    /// The secret of a cache, made by the first who opens it.
    ///
    /// - Throws: `PluginError` when there is none and none can be written.
    static func read(in folder: String) throws(PluginError) -> [UInt8] {
        let path = "\(folder)/secret"
        // Twice: one that is torn is replaced, and another process may have been faster.
        for _ in 0..<2 {
            if let secret = try? HostFolder.file(path, limit: 32) {
                if secret.count == 32 { return secret }
                unlink(path)
            }
            let new = "\(folder)/new-\(getpid())-secret"
            unlink(new)
            // Only linking fails when there is one already; renaming would take another's away.
            let isMade = PrivateFolder.write(NonceSource.newSecret(), to: new) && link(new, path) == 0
            unlink(new)
            if !isMade, errno != EEXIST { break }
        }
        if let secret = try? HostFolder.file(path, limit: 32), secret.count == 32 { return secret }
        throw PluginError(.request, "\(folder): cannot be written", hint: "name another folder for the cache")
    }
}
