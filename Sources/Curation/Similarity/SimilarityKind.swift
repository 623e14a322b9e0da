/// How two snippets are compared: a number from 0 (nothing in common) to 1 (the same).
public enum SimilarityKind: String, Sendable, Hashable, CaseIterable {
    /// Jaccard of the multisets of lines, without blanks at their ends and without blank lines.
    case lines
    /// Jaccard of the sets of five tokens in a row; comments and layout do not count.
    case tokens
    /// Twice the length of the longest common subsequence of bytes, by the length of both: the ratio of a diff.
    case diff
}
