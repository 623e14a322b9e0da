/// Why an attack cannot be tried at a level.
enum Untried: String, Sendable, CaseIterable {
    /// The network is refused as a whole there, so that a program has no loopback to talk to itself.
    case noNetworkAtAll = "without a network namespace every socket but local ones is refused"
}
