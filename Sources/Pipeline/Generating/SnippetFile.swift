import Glibc
import LanguagePlugins
import Tasks

/// One file of source code, read as one snippet.
enum SnippetFile {
    /// The content as text, or why it is none.
    ///
    /// No more than the limit is read, so a file of 100 MB costs no more than a small one.
    static func text(of path: String, limit: Int) -> Result<String, SnippetFlaw> {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else { return .failure(.unreadable) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return .failure(.unreadable) }
        guard status.st_size <= limit else { return .failure(.tooLarge) }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                read(descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            filled += count
        }
        guard let text = String(validating: bytes[..<filled], as: UTF8.self) else { return .failure(.notText) }
        return .success(text)
    }

    /// What a program reads, from a file beside its own that ends in `.in`; nil when there is none.
    static func input(beside path: String) -> String? {
        guard let dot = path.lastIndex(of: ".") else { return nil }
        return try? text(of: String(path[..<dot]) + ".in", limit: 1 << 16).get()
    }

    /// The language of a file by its ending; nil when no plugin claims it.
    static func language(of path: String, in registry: PluginRegistry) -> String? {
        guard let name = path.split(separator: "/").last, let dot = name.lastIndex(of: "."), dot != name.startIndex
        else {
            return nil
        }
        let ending = String(name[name.index(after: dot)...])
        return registry.plugin(ofFilesEndingIn: ending)?.manifest.name
    }
}
