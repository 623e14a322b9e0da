import Synchronization
import Tasks

/// Programs that did not compile, kept in memory only: a bad compilation may be a host's bad day.
final class RefusalMemory: Sendable {
    private struct State {
        var records: [ArtifactKey: CompileRecord] = [:]
        var order: [ArtifactKey] = []
    }

    private static let capacity = 256
    private let state = Mutex(State())

    /// What the compiler said; setting it forgets the oldest when there are too many.
    subscript(key: ArtifactKey) -> CompileRecord? {
        get {
            state.withLock { state in
                state.records[key].map { known in
                    var record = known
                    record.cached = true
                    return record
                }
            }
        }
        set {
            state.withLock { state in
                if state.records.updateValue(newValue ?? CompileRecord(verdict: .compileError), forKey: key) == nil {
                    state.order.append(key)
                }
                if state.order.count > Self.capacity { state.records[state.order.removeFirst()] = nil }
            }
        }
    }
}
