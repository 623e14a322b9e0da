/// How what a program printed is compared with what it should have printed.
public indirect enum Comparator: Sendable, Hashable {
    /// Byte by byte.
    case exact
    /// After the one normaliser on both sides.
    case trimmed
    /// Word by word, whatever is between the words.
    case tokens
    /// Word by word, where numbers may differ by an absolute or a relative error.
    case floats(absolute: Double, relative: Double)
    /// As JSON or Python literals: spaces, quotes and the order of keys do not matter.
    case json
    /// Line by line in whatever order.
    case unordered
    /// A program in the sandbox decides.
    case checker(language: String, program: String)
}
