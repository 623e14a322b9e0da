import Glibc

/// Runs commands in boxes.
///
/// Theory of operation. A pool hands out slots; each is a launcher process that was spawned once and prepared once, and
/// serves one run at a time. A run is a request on the launcher's socket with our pipes riding on it; one reactor thread
/// feeds and drains the pipes of all runs and takes the launchers' replies. This process never forks. A launcher that
/// misbehaves is discarded with its slot; the run it had fails as ours, never as the program's.
public final class SandboxRunner: Sendable {
    /// What isolates the runs of this sandbox.
    public let isolation: IsolationReport
    /// What kept stronger levels away, for a person; empty at the strongest.
    public let refusals: [String]
    /// The greatest number of runs at once.
    public let slots: Int
    private let pool: SlotPool
    private let reactor: Reactor

    /// Prepares a sandbox at the strongest level that the host offers.
    ///
    /// - Throws: `SandboxError` when the host offers less than `options.require`.
    public init(_ options: SandboxOptions = SandboxOptions()) throws(SandboxError) {
        // A program that closes its input must not kill us.
        signal(SIGPIPE, SIG_IGN)
        let launcher = try LauncherPath.find(options.launcherPath)
        let key = SlotKey(view: .system, disk: ResourceLimits.standard.disk)
        let found = try LevelProbe.find(options, launcher: launcher, key: key)
        isolation = IsolationReport(found.configuration, hasLandlock: found.slot.hasLandlock)
        refusals = found.refusals.map { "\($0.level.rawValue): \($0.error)" }
        let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        slots = max(1, options.slots ?? cores)
        pool = SlotPool(found.configuration, launcher: launcher, slots: slots, first: found.slot)
        reactor = try Reactor()
    }

    deinit { shutdown() }

    /// Runs that wait for a slot.
    public var queuedRuns: Int { pool.queued }

    /// Runs that have a slot.
    public var runsUnderWay: Int { pool.running }

    /// Runs one command and says exactly what happened.
    ///
    /// - Parameter alone: Whether to wait until no other run of this sandbox is under way, and to let none begin.
    /// - Throws: `SandboxError` for failures of the sandbox itself, and when the task is cancelled: the run is then
    ///   killed, or never begun. A program that fails is a result.
    public func run(_ command: SandboxCommand, alone: Bool = false) async throws(SandboxError) -> ExecutionResult {
        let start = ContinuousClock.now
        let lease = try await pool.acquire(SlotKey(view: command.view, disk: command.limits.disk), alone: alone)
        let slot = lease.slot
        let queueTime = ContinuousClock.now - start
        let run: RunInFlight
        do throws(SandboxError) {
            if Task.isCancelled { throw .cancelled }
            run = try RunInFlight(command, in: slot, reactor: reactor, isolation: isolation)
        } catch {
            pool.release(slot)
            throw error
        }
        switch await run.result() {
        case .success(var result):
            result.usage.companions = pool.companions(of: lease)
            pool.release(slot)
            result.usage.queueTime = queueTime
            return result
        case .failure(let error) where error.isCancellation:
            // The launcher has answered that everything is dead, as after any other run.
            pool.release(slot)
            throw error
        case .failure(let error):
            // Whatever state the slot is in, it is not a clean one.
            pool.discard(slot)
            throw error
        }
    }

    /// Ends every idle launcher; runs in flight end first.
    public func shutdown() {
        pool.shutdown()
        reactor.stop()
    }
}
