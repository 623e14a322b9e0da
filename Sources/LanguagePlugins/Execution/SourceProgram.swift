/// A program as it was written, with the files beside it.
public struct SourceProgram: Sendable, Hashable {
    /// The name of its language, or an alias.
    public var language: String
    /// Its text.
    public var source: [UInt8]
    /// Files beside it, by relative path.
    public var files: [String: [UInt8]]

    /// Makes a program.
    public init(language: String, source: [UInt8], files: [String: [UInt8]] = [:]) {
        self.language = language
        self.source = source
        self.files = files
    }
}
