/// A program as it was written, with the files beside it.
public struct SourceProgram: Sendable, Hashable {
    /// The name of its language, or an alias.
    public var language: String
    /// Its text.
    public var source: [UInt8]
    /// Files beside it, by relative path.
    public var files: [String: [UInt8]]

    /// Hashes the bytes as a block; equality looks at everything.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(language)
        source.withUnsafeBytes { hasher.combine(bytes: $0) }
        hasher.combine(files.count)
    }

    /// Makes a program.
    public init(language: String, source: [UInt8], files: [String: [UInt8]] = [:]) {
        self.language = language
        self.source = source
        self.files = files
    }
}
