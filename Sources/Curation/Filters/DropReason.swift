/// Why something did not become a snippet to choose from.
public enum DropReason: String, Sendable, Hashable, CaseIterable {
    /// A line or a file that is no snippet at all.
    case unreadable
    /// Larger than any snippet that is read.
    case tooLarge = "too_large"
    /// Bytes that are no text.
    case binary
    /// Text that is not UTF-8.
    case brokenEncoding = "broken_encoding"
    /// A file in a language that no plugin describes.
    case unknownLanguage = "unknown_language"
    /// Fewer bytes, lines or tokens than wanted.
    case tooShort = "too_short"
    /// More bytes, lines or tokens than wanted.
    case tooLong = "too_long"
    /// A line longer than wanted.
    case longLine = "long_line"
    /// The same code as one before it.
    case duplicate
    /// A part of a benchmark.
    case contaminated
    /// Code that does not compile.
    case doesNotCompile = "does_not_compile"
}
