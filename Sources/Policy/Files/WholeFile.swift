import Glibc

/// Files that are there whole or not at all: written beside their place, made durable, then renamed.
///
/// A full disk or a kill in the middle leaves what stood there before.
public enum WholeFile {
    /// Writes a file.
    ///
    /// - Parameter parts: Hands pieces of the content, in order, to the function that it is given.
    /// - Throws: `ModelFileError` when anything fails; nothing has changed then.
    public static func write(
        _ path: String,
        parts: ((UnsafeRawBufferPointer) throws(ModelFileError) -> Void) throws(ModelFileError) -> Void
    ) throws(ModelFileError) {
        let temporary = "\(path).\(getpid()).part"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw ModelFileError("cannot be written: \(FileBytes.failure())", file: path)
        }
        do throws(ModelFileError) {
            defer { close(descriptor) }
            try parts { piece throws(ModelFileError) in
                var sent = 0
                while sent < piece.count {
                    let count = Glibc.write(descriptor, piece.baseAddress.map { $0 + sent }, piece.count - sent)
                    if count < 0 && errno == EINTR { continue }
                    guard count >= 0 else {
                        throw ModelFileError("cannot be written: \(FileBytes.failure())", file: path)
                    }
                    sent += count
                }
            }
            guard fsync(descriptor) == 0 else {
                throw ModelFileError("cannot be made durable: \(FileBytes.failure())", file: path)
            }
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else {
            let reason = FileBytes.failure()
            unlink(temporary)
            throw ModelFileError("cannot be put in its place: \(reason)", file: path)
        }
        syncFolder(of: path)
    }

    /// Writes a file of these bytes.
    public static func write(_ path: String, _ bytes: [UInt8]) throws(ModelFileError) {
        try write(path) { write throws(ModelFileError) in
            var failure: ModelFileError?
            bytes.withUnsafeBytes { buffer in
                do throws(ModelFileError) { try write(buffer) } catch { failure = error }
            }
            if let failure { throw failure }
        }
    }

    /// Makes a rename durable; a file system that cannot is none of our failures.
    static func syncFolder(of path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
