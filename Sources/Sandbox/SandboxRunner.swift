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
        pool = SlotPool(
            found.configuration, launcher: launcher, slots: max(1, options.slots ?? cores), first: found.slot)
        reactor = try Reactor()
    }

    deinit { shutdown() }

    /// Runs one command and says exactly what happened.
    ///
    /// - Throws: `SandboxError` for failures of the sandbox itself; a program that fails is a result.
    public func run(_ command: SandboxCommand) async throws(SandboxError) -> ExecutionResult {
        let start = ContinuousClock.now
        let slot = try await pool.acquire(SlotKey(view: command.view, disk: command.limits.disk))
        let queueTime = ContinuousClock.now - start
        let run: RunInFlight
        do throws(SandboxError) {
            run = try RunInFlight(command, in: slot, reactor: reactor, isolation: isolation)
        } catch {
            pool.release(slot)
            throw error
        }
        switch await run.result() {
        case .success(var result):
            pool.release(slot)
            result.usage.queueTime = queueTime
            return result
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
