/// What makes one snippet better than another when both cannot be kept.
public enum SnippetPreference: String, Sendable, Hashable, CaseIterable {
    /// Nothing: the answer is any largest set.
    case none
    /// The shorter one.
    case shorter
    /// The one whose tokens are rarer in the corpus.
    case rarer
    /// The one with shorter lines and less that is blank or repeated.
    case cleaner
    /// The one that runs to its end on no input in the sandbox, or else compiles.
    case executable
    /// The weight that its line names in a field `weight`, from 1 to 1,000,000.
    case given
}
