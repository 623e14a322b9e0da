import JSON
public import Tasks

/// Small programs that are made up: short enough for a model of half a million parameters, and as many as are wanted.
///
/// Each is a function of the seed and its number, so a corpus is the same on every machine, and a longer one begins with
/// the shorter.
public struct SyntheticCorpus: Sendable, Hashable {
    /// How many programs there are.
    public var count: Int
    /// Where all chances start.
    public var seed: UInt64
    /// The languages, each as likely as the others.
    public var languages: [SyntheticLanguage]
    /// The share of programs that fail.
    public var failures: Double

    /// Makes a corpus.
    public init(
        count: Int, seed: UInt64 = 0, languages: [SyntheticLanguage] = [.python], failures: Double = 0.1
    ) {
        precondition(!languages.isEmpty, "a corpus without languages")
        self.count = count
        self.seed = seed
        self.languages = languages
        self.failures = failures
    }

    /// The program of a number.
    public func snippet(_ number: Int) -> Snippet {
        var draws = Draws(seed: seed, epoch: 0, snippet: UInt64(number), index: 0).named("synthetic")
        let language = draws.pick(languages) ?? .python
        var grammar = SyntheticGrammar(draws: draws)
        let (topic, statements) = grammar.program(failing: failures)
        return Snippet(
            id: "synthetic/\(number)", language: language.rawValue, code: language.program(statements),
            fields: ["topic": .string(topic)])
    }
}
