import Glibc

/// A thread for one piece of work that blocks.
package enum DetachedThread {
    private final class Work {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Runs a body on a new thread; on the caller's when none can be had.
    package static func run(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let opaque = Unmanaged.passRetained(Work(body)).toOpaque()
        let result = pthread_create(
            &thread, nil,
            { pointer in
                if let pointer { Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body() }
                return nil
            }, opaque)
        if result == 0 {
            pthread_detach(thread)
        } else {
            Unmanaged<Work>.fromOpaque(opaque).takeRetainedValue().body()
        }
    }

    /// The value of a body that blocks, awaited without blocking anybody else.
    package static func value<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            run { continuation.resume(returning: body()) }
        }
    }
}
