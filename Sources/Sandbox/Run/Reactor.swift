import CSandbox
import Glibc
import Synchronization

/// What waits for a descriptor.
protocol EventHandler: AnyObject, Sendable {
    /// Something can be read or written, or the other end is gone. Called on a thread of the reactor; must not block.
    func handleEvent(on descriptor: Int32)
    /// Called about once a second, for deadlines.
    func handleTick(now: ContinuousClock.Instant)
}

/// Threads that run tasks and, when there is nothing to run, watch the descriptors of all runs by epoll.
///
/// The cooperative pool must never block, so somebody else waits for the kernel. Were that a thread that only waits, every
/// end of a run would wake it and it would wake another, twice the way for news of half a millisecond of work. Here who
/// takes the news goes on with the task that it is for.
///
/// Handlers are kept by descriptor and stored before the descriptor is added, so no event is missed. There is one reactor
/// in a process and it is never ended, for nobody knows which tasks still prefer it.
final class Reactor: TaskExecutor {
    private struct Work {
        var jobs: [UnownedJob] = []
        var head = 0
        /// Threads that wait for events.
        var idle = 0
        /// Whether one of them has been woken and has not got up yet.
        var isWaking = false

        var isEmpty: Bool { head == jobs.count }

        mutating func next() -> UnownedJob? {
            guard head < jobs.count else { return nil }
            defer {
                head += 1
                if head == jobs.count {
                    jobs.removeAll(keepingCapacity: true)
                    head = 0
                } else if head > 1024, head * 2 > jobs.count {
                    jobs.removeFirst(head)
                    head = 0
                }
            }
            return jobs[head]
        }

        /// Whether somebody is to be woken for what waits; says so once.
        mutating func wakes() -> Bool {
            guard !isEmpty, idle > 0, !isWaking else { return false }
            isWaking = true
            return true
        }
    }

    private static let made = Result<Reactor, SandboxError> { () throws(SandboxError) in try Reactor() }
    /// Jobs after which events are looked for even though there are more.
    private static let jobsInARow = 8

    private let epoll: Int32
    private let wakeup: Int32
    private let handlers = Mutex<[Int32: any EventHandler]>([:])
    private let work = Mutex(Work())
    /// Set in a thread while it handles events: it runs itself what it makes ready by that.
    private let handling: pthread_key_t

    /// The reactor of the process.
    static func shared() throws(SandboxError) -> Reactor { try made.get() }

    private init() throws(SandboxError) {
        epoll = csandbox_epoll_create()
        wakeup = csandbox_eventfd()
        var key = pthread_key_t()
        guard epoll >= 0, wakeup >= 0, pthread_key_create(&key, nil) == 0,
            csandbox_epoll_add_edges(epoll, wakeup, 0) == 0
        else { throw SandboxError(stage: "reactor", errno: Glibc.errno, message: "epoll could not be set up") }
        handling = key
        for number in 0..<max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) {
            try start { self.loop(ticks: number == 0) }
        }
    }

    private func start(_ body: @escaping @Sendable () -> Void) throws(SandboxError) {
        final class Start {
            let body: @Sendable () -> Void
            init(_ body: @escaping @Sendable () -> Void) { self.body = body }
        }
        var thread = pthread_t()
        let opaque = Unmanaged.passRetained(Start(body)).toOpaque()
        let result = pthread_create(
            &thread, nil,
            { pointer in
                if let pointer { Unmanaged<Start>.fromOpaque(pointer).takeRetainedValue().body() }
                return nil
            }, opaque)
        guard result == 0 else {
            Unmanaged<Start>.fromOpaque(opaque).release()
            throw SandboxError(stage: "reactor", errno: result, message: "its threads could not be started")
        }
        pthread_detach(thread)
    }

    // MARK: - Descriptors

    /// Watches a descriptor until `remove` or its closing.
    func add(_ descriptor: Int32, writable: Bool = false, _ handler: any EventHandler) throws(SandboxError) {
        try add(descriptor, handler) { token in
            csandbox_epoll_add(epoll, descriptor, UInt32(writable ? CSANDBOX_WRITABLE : CSANDBOX_READABLE), token)
        }
    }

    /// Watches a descriptor for changes, of readability and of writability both, until `remove` or its closing.
    func addEdges(_ descriptor: Int32, _ handler: any EventHandler) throws(SandboxError) {
        try add(descriptor, handler) { token in csandbox_epoll_add_edges(epoll, descriptor, token) }
    }

    private func add(
        _ descriptor: Int32, _ handler: any EventHandler, _ watch: (UInt64) -> Int32
    ) throws(SandboxError) {
        handlers.withLock { $0[descriptor] = handler }
        // The token is the descriptor plus one: 0 is the wake-up.
        guard watch(UInt64(descriptor) + 1) == 0 else {
            let error = Glibc.errno
            handlers.withLock { $0[descriptor] = nil }
            throw SandboxError(stage: "reactor", errno: error, message: "a descriptor could not be watched")
        }
    }

    /// Stops watching a descriptor; call before it is closed, for its number will be used again.
    func remove(_ descriptor: Int32) {
        _ = csandbox_epoll_remove(epoll, descriptor)
        handlers.withLock { $0[descriptor] = nil }
    }

    // MARK: - Jobs

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isOurs = pthread_getspecific(handling) != nil
        let wakes = work.withLock { work in
            work.jobs.append(job)
            return !isOurs && work.wakes()
        }
        if wakes { wake() }
    }

    private func wake() {
        var one: UInt64 = 1
        _ = write(wakeup, &one, 8)
    }

    private func loop(ticks: Bool) {
        let executor = asUnownedTaskExecutor()
        var tokens = [UInt64](repeating: 0, count: 64)
        var lastTick = ContinuousClock.now
        while true {
            for _ in 0..<Self.jobsInARow {
                let (job, wakes) = work.withLock { work in (work.next(), work.wakes()) }
                if wakes { wake() }
                guard let job else { break }
                job.runSynchronously(on: executor)
            }
            let waits = work.withLock { work in
                if work.isEmpty { work.idle += 1 }
                return work.isEmpty
            }
            let count = Int(csandbox_epoll_wait(epoll, &tokens, 64, waits ? ticks ? 1000 : -1 : 0))
            if waits { work.withLock { $0.idle -= 1 } }
            handle(tokens.prefix(max(0, count)))
            guard ticks else { continue }
            let now = ContinuousClock.now
            guard now - lastTick >= .seconds(1) else { continue }
            lastTick = now
            tick(now)
        }
    }

    private func handle(_ tokens: ArraySlice<UInt64>) {
        pthread_setspecific(handling, UnsafeRawPointer(bitPattern: 1))
        defer { pthread_setspecific(handling, nil) }
        for token in tokens {
            if token == 0 {
                work.withLock { $0.isWaking = false }
                continue
            }
            let descriptor = Int32(token - 1)
            let handler = handlers.withLock { $0[descriptor] }
            handler?.handleEvent(on: descriptor)
        }
    }

    private func tick(_ now: ContinuousClock.Instant) {
        var seen: Set<ObjectIdentifier> = []
        for handler in handlers.withLock({ Array($0.values) }) where seen.insert(ObjectIdentifier(handler)).inserted {
            handler.handleTick(now: now)
        }
    }
}
