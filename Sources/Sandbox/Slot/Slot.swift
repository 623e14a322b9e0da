import CSandbox
import Glibc
import Synchronization

/// One launcher with the slot it keeps.
final class Slot: Sendable {
    /// What it is good for.
    let key: SlotKey
    /// The engine's end of the control socket.
    let socket: Int32
    /// Who is told what happens on the socket.
    let channel: SlotChannel
    /// Whether Landlock is one of its layers.
    let hasLandlock: Bool
    /// Who uses the slot may start zygotes in it, and nobody else uses it then.
    let zygotes = Mutex<[ZygoteKey]>([])
    private let process: pid_t
    private let reactor: Reactor
    private let isClosed = Atomic(false)
    /// Numbers of slots are this process's: two sandboxes in it must not make the same groups.
    private static let nextNumber = Atomic(0)

    private init(
        key: SlotKey, socket: Int32, process: pid_t, hasLandlock: Bool, channel: SlotChannel, reactor: Reactor
    ) {
        self.channel = channel
        self.reactor = reactor
        self.key = key
        self.socket = socket
        self.process = process
        self.hasLandlock = hasLandlock
    }

    deinit { close() }

    /// Spawns a launcher and waits until its slot is prepared; takes milliseconds, so not for the cooperative pool.
    ///
    /// - Throws: `SandboxError` with the stage that failed in the launcher.
    static func prepare(
        _ configuration: SlotConfiguration, _ key: SlotKey, launcher: String
    ) throws(SandboxError) -> Slot {
        let mounts = key.view.mounts
        guard mounts.count <= Int(CSANDBOX_MAX_MOUNTS),
            mounts.flatMap({ [$0.source, $0.target] }).allSatisfy({ $0.hasPrefix("/") && !$0.utf8.contains(0) }),
            mounts.allSatisfy({ !$0.target.split(separator: "/").contains("..") })
        else { throw SandboxError(stage: "mount view", errno: EINVAL, message: "a view has a bad path, or too many") }
        var pair: [Int32] = [-1, -1]
        guard csandbox_socket_pair(&pair) == 0 else {
            throw SandboxError(
                stage: "launcher", errno: Glibc.errno, message: "no socket for a slot", hint: "raise `ulimit -n`")
        }
        var process: pid_t = 0
        let error = csandbox_spawn_launcher(launcher, pair[1], &process)
        Glibc.close(pair[1])
        guard error == 0 else {
            Glibc.close(pair[0])
            throw SandboxError(
                stage: "launcher", errno: error, message: "\(launcher) could not be started",
                hint: "build the whole package: the launcher lies beside the program")
        }
        do throws(SandboxError) {
            try sendAll(pair[0], configuration.frame(key, number: nextNumber.add(1, ordering: .relaxed).oldValue))
            let ready = try Reply.awaitOne(on: pair[0])
            guard ready.kind == UInt32(CSANDBOX_REPLY_READY.rawValue) else { throw ready.failure }
            let reactor = try Reactor.shared()
            let channel = SlotChannel()
            try reactor.addEdges(pair[0], channel)
            return Slot(
                key: key, socket: pair[0], process: process, hasLandlock: ready.processes == 1, channel: channel,
                reactor: reactor)
        } catch {
            Glibc.close(pair[0])
            reap(process)
            throw error
        }
    }

    /// Ends the launcher with everything in its slot and waits for it.
    func close() {
        guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
        reactor.remove(socket)
        Glibc.close(socket)
        Self.reap(process)
    }

    /// Whether the launcher still listens; one that ended between two runs is replaced, not the next run's misfortune.
    var isAlive: Bool {
        var state = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return poll(&state, 1, 0) == 0
    }

    /// Kills a launcher that does not answer; its death kills the slot.
    func kill() { Glibc.kill(process, SIGKILL) }

    private static func reap(_ process: pid_t) {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && Glibc.errno == EINTR { continue }
    }

    private static func sendAll(_ socket: Int32, _ bytes: [UInt8]) throws(SandboxError) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                csandbox_send(socket, buffer.baseAddress.map { $0 + sent }, buffer.count - sent, nil, 0)
            }
            if count > 0 {
                sent += count
            } else if Glibc.errno == EAGAIN {
                var waiting = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
                _ = poll(&waiting, 1, 1000)
            } else {
                throw SandboxError(stage: "launcher", errno: Glibc.errno, message: "the launcher ended at its start")
            }
        }
    }
}
