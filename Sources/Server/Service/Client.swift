/// Who asks, as far as turns are concerned: requests of one client share its turns.
///
/// Over HTTP it is the name that a request gives itself, or else the address that it comes from; a program with many
/// connections gets no more turns than one with a single connection.
public struct Client: Sendable, Hashable {
    /// What tells it from the others.
    public let name: String

    /// Makes a client.
    public init(_ name: String) { self.name = name }
}
