/// What the host offers to a sandbox.
public struct HostCapabilities: Sendable {
    /// One thing that a sandbox would use.
    public struct Capability: Sendable, Hashable {
        /// What it is, such as `user namespaces`.
        public var name: String
        /// Whether it works here.
        public var isAvailable: Bool
        /// What was found.
        public var detail: String
        /// What to do when it does not work; empty when it does.
        public var remedy: String
    }

    /// The capabilities in the order of the layers.
    public var capabilities: [Capability]
}
