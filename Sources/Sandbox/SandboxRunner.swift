import CSandbox
import Glibc
import Synchronization

/// Runs commands in boxes.
///
/// Theory of operation. A pool hands out slots; each is a launcher process that was spawned once and prepared once, and
/// serves one run at a time. A run is a request on the launcher's socket with our pipes riding on it; the threads of
/// a reactor feed and drain the pipes of all runs and take the launchers' replies. This process never forks. A launcher that
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
    private let zygoteLibrary: [UInt8]?
    private let demand: ZygoteDemand

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
        reactor = try Reactor.shared()
        demand = ZygoteDemand(worthwhile: options.runsBeforeZygote)
        zygoteLibrary = ZygoteLibrary.read(beside: launcher)
    }

    deinit { shutdown() }

    /// The threads that take the launchers' replies; a task that prefers them goes on there as soon as its run has ended.
    ///
    /// On any other executor runs work as well, and the end of each wakes two threads instead of one.
    public var executor: any TaskExecutor { reactor }

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
        let key = ZygoteKey(command, level: isolation.level)
        do throws(SandboxError) {
            if Task.isCancelled { throw .cancelled }
            let number = try await zygote(key, in: slot, for: command)
            var result = try await perform(command, number.map { .fork(by: $0) } ?? .execute, in: slot)
            result.usage.companions = pool.companions(of: lease)
            pool.release(slot)
            result.usage.queueTime = queueTime
            result.isForked = number != nil
            return result
        } catch {
            // After a run that was called off, the launcher has answered that everything is dead, as after any other.
            if error.isCancellation || error.isOfRequest { pool.release(slot) } else { pool.discard(slot) }
            guard let key, error.isOfZygote else { throw error }
            if !Task.isCancelled { demand.noteFailure(key) }
            var command = command
            command.zygote = nil
            return try await run(command, alone: alone)
        }
    }

    private func perform(
        _ command: SandboxCommand, _ kind: RequestFrame.Kind, in slot: Slot
    ) async throws(SandboxError) -> ExecutionResult {
        try await RunInFlight(command, kind, in: slot, reactor: reactor, isolation: isolation).result().get()
    }

    /// The number of the slot's zygote that is to fork a command, after starting it if need be; nil for none.
    private func zygote(
        _ key: ZygoteKey?, in slot: Slot, for command: SandboxCommand
    ) async throws(SandboxError) -> Int? {
        guard let key, let zygoteLibrary, demand.ask(key) else { return nil }
        let known = slot.zygotes.withLock { $0 }
        if let index = known.firstIndex(of: key) { return index + 1 }
        guard known.count < Int(CSANDBOX_MAX_ZYGOTES) else { return nil }
        let start = key.command(library: zygoteLibrary, view: command.view, disk: command.limits.disk)
        do throws(SandboxError) {
            _ = try await perform(start, .startZygote(known.count + 1), in: slot)
        } catch {
            // Called off, the slot may have one that nobody knows of: not a clean slot either.
            throw error.isCancellation ? SandboxError(stage: "zygote start", message: error.message) : error
        }
        slot.zygotes.withLock { $0.append(key) }
        return known.count + 1
    }

    /// Ends every idle launcher; runs in flight end first.
    public func shutdown() { pool.shutdown() }
}
