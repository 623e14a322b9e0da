/// The program that runs many programs of its language once more in one process.
public struct RerunHarness: Sendable, Hashable {
    /// Its file and its command.
    public var harness: CallHarness
    /// Words of programs that must be run alone: they could meet what another one left.
    public var aloneWords: WordSet
}
