/// The arguments that make one compilation faster, in the places that its command keeps for them.
struct AidArguments: Sendable, Equatable {
    /// Those of each place; a place without any is left out of the command.
    var lists: [CommandTemplate.Placeholder: [String]] = [:]
    /// The folder that the box shows besides; nil shows none.
    var store: ShownFolder?
    /// Whether the prefix includes headers at other lines than the program does.
    var movesIncludes = false

    /// No arguments.
    static let none = AidArguments()

    /// Whether anything that was prepared is made use of.
    var isPrepared: Bool { lists[.prefix] != nil || lists[.warmup] != nil }

    /// The arguments of a place.
    subscript(placeholder: CommandTemplate.Placeholder) -> [String] { lists[placeholder] ?? [] }
}
