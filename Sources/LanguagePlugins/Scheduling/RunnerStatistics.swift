import Synchronization

/// What a runner has done so far.
public struct RunnerStatistics: Sendable, Hashable {
    /// Runs that were started in a box, compilations and repetitions included.
    public var started = 0
    /// Runs that were asked for and answered by an equal one of the same batch.
    public var shared = 0
    /// Runs that were answered by the verdict cache.
    public var remembered = 0
    /// Programs that were compiled.
    public var compiled = 0
    /// Programs that had been compiled before, so that nothing was done.
    public var foundCompiled = 0
    /// Runs that ended near a limit among others and were tried again alone.
    public var triedAlone = 0
    /// Those of them that were not too slow after all.
    public var acquitted = 0
    /// Runs that the sandbox failed and that were tried again for that.
    public var repaired = 0

    /// Nothing done.
    public init() {}
}

/// The statistics while they grow.
final class RunCounters: Sendable {
    private let state = Mutex(RunnerStatistics())

    /// The sums so far.
    var current: RunnerStatistics { state.withLock { $0 } }

    /// Counts one more.
    func count(_ path: any WritableKeyPath<RunnerStatistics, Int> & Sendable) {
        state.withLock { $0[keyPath: path] += 1 }
    }
}
