/// The program that runs many programs of its language in one process.
public struct RerunHarness: Sendable, Hashable {
    /// Its file and its command.
    public var harness: CallHarness
    /// Words of programs that must be run alone: they could meet what another one left.
    public var aloneWords: WordSet
    /// Words by which a program could change what others of the process use; one that has none of either sort does among others what it
    /// does alone.
    public var reachWords: WordSet
}
