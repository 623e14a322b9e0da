import NIOCore
import Synchronization

/// Notices that a client has gone away while its request is worked on.
///
/// A client that closes only its sending half counts as gone: no client of a request-and-answer protocol does that and
/// still wants the answer, and one that died looks the same.
final class DepartureHandler: ChannelInboundHandler, RemovableChannelHandler, Sendable {
    typealias InboundIn = NIOAny

    private struct State {
        var isGone = false
        var onDeparture: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    /// Calls a function once the client is gone, at once when it is already; replaces the function before.
    func notify(_ onDeparture: (@Sendable () -> Void)?) {
        let isGone = state.withLock { state in
            state.onDeparture = state.isGone ? nil : onDeparture
            return state.isGone
        }
        if isGone { onDeparture?() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        depart()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { depart() }
        context.fireUserInboundEventTriggered(event)
    }

    private func depart() {
        let onDeparture = state.withLock { state in
            defer { state.onDeparture = nil }
            state.isGone = true
            return state.onDeparture
        }
        onDeparture?()
    }
}
