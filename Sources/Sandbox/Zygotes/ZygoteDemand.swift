import Synchronization

/// Which zygotes are worth starting: those asked for often enough, that have not failed.
final class ZygoteDemand: Sendable {
    private struct Record {
        var asked = 0
        var failures = 0
    }

    /// One that fails for a reason of its own would fail in every slot.
    private static let tolerated = 3
    /// Starting one costs as much as several executions, so a single program is executed.
    private let worthwhile: Int
    private let records = Mutex<[ZygoteKey: Record]>([:])

    /// - Parameter worthwhile: How many runs go without one.
    init(worthwhile: Int) { self.worthwhile = worthwhile }

    /// Notes that a run asks for a zygote; true when it is to have one.
    func ask(_ key: ZygoteKey) -> Bool {
        records.withLock { records in
            records[key, default: Record()].asked += 1
            guard let record = records[key] else { return false }
            return record.asked > worthwhile && record.failures < Self.tolerated
        }
    }

    /// Notes that a zygote did not start, or did not fork.
    func noteFailure(_ key: ZygoteKey) {
        records.withLock { $0[key, default: Record()].failures += 1 }
    }
}
