import Glibc

/// The library that is preloaded into zygotes.
enum ZygoteLibrary {
    /// Its bytes; nil when it does not lie beside the launcher, and there are no zygotes then.
    static func read(beside launcher: String) -> [UInt8]? {
        let folder = launcher[..<(launcher.lastIndex(of: "/") ?? launcher.startIndex)]
        let file = open("\(folder)/libretort-zygote.so", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        let size = Int(lseek(file, 0, SEEK_END))
        // Owns the descriptor from here on.
        let bytes = FetchedFile(descriptor: file, size: max(0, min(size, 4 << 20))).bytes()
        return bytes.isEmpty ? nil : bytes
    }
}
