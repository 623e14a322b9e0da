/// What a language's runtime needs before the program has done anything.
public struct RuntimeNeeds: Sendable, Hashable {
    /// Threads and processes of the runtime itself, which do not count against the program's.
    public var threads: Int
    /// MB of address space that the runtime reserves; more than the memory limit means that no limit on addresses
    /// can stand for one on memory.
    public var addressSpaceMB: Int

    /// A runtime that needs nothing.
    public static let none = RuntimeNeeds(threads: 0, addressSpaceMB: 0)
}
