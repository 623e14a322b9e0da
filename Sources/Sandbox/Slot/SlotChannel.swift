import Synchronization

/// The control socket of a slot as the reactor sees it: watched for as long as there is the slot, on behalf of the run
/// that uses it.
final class SlotChannel: EventHandler {
    private let current = Mutex<(any EventHandler)?>(nil)

    /// A run begins and is told of what happens from now on.
    func begin(_ run: any EventHandler) { current.withLock { $0 = run } }

    /// The run has ended.
    func end() { current.withLock { $0 = nil } }

    // Between runs there is nothing to be told but the end of the launcher, which is looked for before each run.
    func handleEvent(on descriptor: Int32) { current.withLock { $0 }?.handleEvent(on: descriptor) }
    func handleTick(now: ContinuousClock.Instant) { current.withLock { $0 }?.handleTick(now: now) }
}
