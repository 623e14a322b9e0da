/// Where a server listens and whom it lets in.
public struct ServerOptions: Sendable {
    /// The name or address to listen on.
    public var host = "127.0.0.1"
    /// The port; 0 takes a free one.
    public var port = 8080
    /// A Unix socket to listen on instead.
    public var unixSocket: String?
    /// What every request has to carry as its bearer token; nil lets everybody in who reaches the address.
    public var token: [UInt8]?
    /// Connections at once; more wait in the kernel.
    public var connections = 2048
    /// How long a connection may be silent between requests or in the middle of sending one.
    public var idleTime: Duration = .seconds(75)
    /// How long requests may take to end after the server was asked to.
    public var grace: Duration = .seconds(30)

    /// Makes options.
    public init() {}

    /// Whether only this machine can reach the address.
    public var isLocal: Bool {
        unixSocket != nil || host == "localhost" || host == "::1" || Self.isLoopback(host)
    }

    /// Whether a name is an address of 127.0.0.0/8.
    static func isLoopback(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return parts.count == 4 && parts[0] == 127 && !parts.contains(nil)
    }
}
