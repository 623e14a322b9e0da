import Hummingbird
import Logging
import NIOCore

/// What is known of a request besides its text: the connection that it came by.
struct HTTPContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The connection.
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// The address of the other end; all of a Unix socket are one.
    var remoteAddress: String { channel.remoteAddress?.ipAddress ?? "local" }
}
