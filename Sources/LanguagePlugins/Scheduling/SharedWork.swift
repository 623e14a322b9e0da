import Synchronization

/// Work that several ask for is done once: those who ask while it is under way wait for it, and later ones find it.
///
/// Only what succeeds is shared. When the one who works fails or is called off, each of the others sees for itself.
final class SharedWork<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private typealias Continuation = CheckedContinuation<Value?, Never>

    private enum Entry {
        case underWay([UInt64: Continuation])
        case done(Value, size: Int)
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        /// What is done, the oldest first, and the sum of its sizes.
        var order: [Key] = []
        var size = 0
        var nextWaiter: UInt64 = 0
    }

    /// How asking turned out.
    private enum Answer {
        case known(Value)
        case underWay
        case isOurs
    }

    private let count: Int
    private let capacity: Int
    private let size: @Sendable (Key, Value) -> Int?
    private let state = Mutex(State())

    /// Makes a place for shared work.
    ///
    /// - Parameters:
    ///   - count: Values that are kept; 0 shares only while work is under way.
    ///   - capacity: The sum of the sizes of what is kept.
    ///   - size: The size of a value with its key; nil for one that is not to be kept.
    init(count: Int, capacity: Int = .max, size: @escaping @Sendable (Key, Value) -> Int? = { _, _ in 0 }) {
        self.count = count
        self.capacity = capacity
        self.size = size
    }

    /// The value of a key, found or made.
    ///
    /// - Returns: The value, and whether it was made by this call.
    /// - Throws: What `work` throws, when this call had to work.
    func value(
        of key: Key, _ work: () async throws(PluginError) -> Value
    ) async throws(PluginError) -> (value: Value, isOwn: Bool) {
        while true {
            switch ask(for: key) {
            case .known(let value): return (value, false)
            case .underWay:
                if let value = await wait(for: key) { return (value, false) }
                // Waiting for others is no work of ours: who is called off asks nobody to go on.
                if Task.isCancelled { throw PluginError(.sandbox, "the run was called off") }
            case .isOurs:
                do throws(PluginError) {
                    let value = try await work()
                    finish(key, value)
                    return (value, true)
                } catch {
                    finish(key, nil)
                    throw error
                }
            }
        }
    }

    private func ask(for key: Key) -> Answer {
        state.withLock { state in
            switch state.entries[key] {
            case .done(let value, _): return .known(value)
            case .underWay: return .underWay
            case nil:
                state.entries[key] = .underWay([:])
                return .isOurs
            }
        }
    }

    /// Waits for who works on a key; nil when that came to nothing.
    private func wait(for key: Key) async -> Value? {
        let waiter = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: Continuation) in
                let ready = state.withLock { state -> Value?? in
                    switch state.entries[key] {
                    case .done(let value, _): return .some(value)
                    case .underWay(var waiting) where !Task.isCancelled:
                        waiting[waiter] = continuation
                        state.entries[key] = .underWay(waiting)
                        return nil
                    case .underWay, nil: return .some(nil)
                    }
                }
                if let ready { continuation.resume(returning: ready) }
            }
        } onCancel: {
            let continuation = state.withLock { state -> Continuation? in
                guard case .underWay(var waiting) = state.entries[key] else { return nil }
                defer { state.entries[key] = .underWay(waiting) }
                return waiting.removeValue(forKey: waiter)
            }
            continuation?.resume(returning: nil)
        }
    }

    private func finish(_ key: Key, _ value: Value?) {
        let size = value.flatMap { self.size(key, $0) }
        let waiting = state.withLock { state -> [Continuation] in
            var waiting: [Continuation] = []
            if case .underWay(let continuations) = state.entries.removeValue(forKey: key) {
                waiting = Array(continuations.values)
            }
            if let value, let size, count > 0, size <= capacity { keep(value, key, size, &state) }
            return waiting
        }
        for continuation in waiting { continuation.resume(returning: value) }
    }

    private func keep(_ value: Value, _ key: Key, _ size: Int, _ state: inout State) {
        state.entries[key] = .done(value, size: size)
        state.order.append(key)
        state.size += size
        var dropped = 0
        while state.order.count - dropped > count || state.size > capacity {
            if case .done(_, let size) = state.entries.removeValue(forKey: state.order[dropped]) { state.size -= size }
            dropped += 1
        }
        state.order.removeFirst(dropped)
    }
}
