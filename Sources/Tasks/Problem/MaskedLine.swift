/// One line that a backward task hides.
public struct MaskedLine: Sendable, Hashable {
    /// The line of the program, counted from 0.
    public var index: Int
    /// The line as it stands in the program, with its indentation.
    public var original: String

    /// Makes a masked line.
    public init(index: Int, original: String) {
        self.index = index
        self.original = original
    }
}
