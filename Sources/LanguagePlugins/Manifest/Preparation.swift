/// What a compiler makes once for many compilations, in a box of its own, and finds read-only ever after.
public struct Preparation: Sendable, Hashable {
    /// How it is made; its output is what is kept.
    public var phase: Phase
    /// The arguments by which a compilation uses it; `{prepared}` stands for the folder that it lies in.
    public var arguments: [CommandTemplate]
    /// Files of the host; when one of them changes, it is made anew.
    public var stamps: [CommandTemplate]
    /// The file in which making it left what it was made from, as a rule for `make`; nil when the stamps are all.
    public var dependencies: String?
}
