import CSandbox
import Glibc
import Synchronization

/// What waits for a descriptor.
protocol EventHandler: AnyObject, Sendable {
    /// Something can be read or written, or the other end is gone. Called on the reactor's thread; must not block.
    func handleEvent(on descriptor: Int32)
    /// Called about once a second, for deadlines.
    func handleTick(now: ContinuousClock.Instant)
}

/// One thread that watches the descriptors of all runs by epoll.
///
/// The cooperative pool has as many threads as there are cores and must never block; here is the one that does.
/// Handlers are kept by descriptor and stored before the descriptor is added, so no event is missed.
final class Reactor: Sendable {
    private let epoll: Int32
    private let wakeup: Int32
    private let handlers = Mutex<[Int32: any EventHandler]>([:])
    private let isStopped = Atomic(false)

    /// Makes the reactor and starts its thread.
    init() throws(SandboxError) {
        epoll = csandbox_epoll_create()
        wakeup = csandbox_eventfd()
        guard epoll >= 0, wakeup >= 0, csandbox_epoll_add(epoll, wakeup, UInt32(CSANDBOX_READABLE), 0) == 0
        else { throw SandboxError(stage: "reactor", errno: Glibc.errno, message: "epoll could not be set up") }
        var thread = pthread_t()
        let opaque = Unmanaged.passRetained(self).toOpaque()
        let result = pthread_create(
            &thread, nil,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<Reactor>.fromOpaque(pointer).takeRetainedValue().loop()
                return nil
            }, opaque)
        guard result == 0 else {
            Unmanaged<Reactor>.fromOpaque(opaque).release()
            throw SandboxError(stage: "reactor", errno: result, message: "its thread could not be started")
        }
        pthread_detach(thread)
    }

    /// Watches a descriptor until `remove` or its closing.
    func add(_ descriptor: Int32, writable: Bool = false, _ handler: any EventHandler) throws(SandboxError) {
        handlers.withLock { $0[descriptor] = handler }
        let events = UInt32(writable ? CSANDBOX_WRITABLE : CSANDBOX_READABLE)
        // The token is the descriptor plus one: 0 is the wake-up.
        guard csandbox_epoll_add(epoll, descriptor, events, UInt64(descriptor) + 1) == 0 else {
            let error = Glibc.errno
            handlers.withLock { $0[descriptor] = nil }
            throw SandboxError(stage: "reactor", errno: error, message: "a descriptor could not be watched")
        }
    }

    /// Stops watching a descriptor; call before it is closed, for its number will be used again.
    func remove(_ descriptor: Int32) {
        _ = csandbox_epoll_remove(epoll, descriptor)
        handlers.withLock { $0[descriptor] = nil }
    }

    /// Ends the thread.
    func stop() {
        isStopped.store(true, ordering: .releasing)
        var one: UInt64 = 1
        _ = write(wakeup, &one, 8)
    }

    private func loop() {
        var tokens = [UInt64](repeating: 0, count: 64)
        var lastTick = ContinuousClock.now
        while !isStopped.load(ordering: .acquiring) {
            let count = Int(csandbox_epoll_wait(epoll, &tokens, 64, 1000))
            for token in tokens.prefix(max(0, count)) where token != 0 {
                let descriptor = Int32(token - 1)
                let handler = handlers.withLock { $0[descriptor] }
                handler?.handleEvent(on: descriptor)
            }
            let now = ContinuousClock.now
            guard now - lastTick >= .seconds(1) else { continue }
            lastTick = now
            var seen: Set<ObjectIdentifier> = []
            for handler in handlers.withLock({ Array($0.values) })
            where seen.insert(ObjectIdentifier(handler)).inserted {
                handler.handleTick(now: now)
            }
        }
        close(epoll)
        close(wakeup)
    }
}
