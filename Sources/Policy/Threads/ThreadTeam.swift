import CPolicyKernels
import Glibc
import Synchronization

/// Threads that do the same work at the same time, each its share, and wait for one another between its phases.
///
/// Theory of operation: `run` hands a body to all threads, the caller's among them; within the body `Worker.barrier`
/// ends a phase for all. Shares are numbered pieces that whoever is free takes, so a thread that the machine holds up
/// holds up nobody for long. Which thread does a piece never changes a result.
final class ThreadTeam: @unchecked Sendable {
    // SAFETY: `body`, `round` and `isClosed` change under `lock`; each scratch belongs to one worker; the rest is atomic.

    let count: Int
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let changed: UnsafeMutablePointer<pthread_cond_t>
    private var threads: [pthread_t] = []
    private var body: ((Worker) -> Void)?
    private var round = 0
    private var isClosed = false
    private let arrived = Atomic<Int>(0)
    private let generation = Atomic<Int>(0)
    private let next = Atomic<Int>(0)
    private var scratches: [FloatBuffer?]

    init(count: Int) {
        self.count = max(1, count)
        lock = .allocate(capacity: 1)
        changed = .allocate(capacity: 1)
        pthread_mutex_init(lock, nil)
        pthread_cond_init(changed, nil)
        scratches = Array(repeating: nil, count: self.count)
        for number in 1..<max(2, self.count) where self.count > 1 {
            var thread = pthread_t()
            let start = Unmanaged.passRetained(Start(team: self, number: number))
            let code = pthread_create(
                &thread, nil,
                { argument in
                    guard let argument else { return nil }
                    let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
                    let (team, number) = (start.team, start.number)
                    team.serve(number)
                    return nil
                }, start.toOpaque())
            guard code == 0 else { fatalError("a thread could not be started: \(String(cString: strerror(code)))") }
            threads.append(thread)
        }
    }

    /// Ends the threads; they hold the team, so whoever made it has to say so.
    func close() {
        pthread_mutex_lock(lock)
        isClosed = true
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(lock)
        for thread in threads { pthread_join(thread, nil) }
        threads = []
    }

    deinit {
        pthread_mutex_destroy(lock)
        pthread_cond_destroy(changed)
        lock.deallocate()
        changed.deallocate()
    }

    /// Calls a body once on every thread and returns when all are done.
    func run(_ body: (Worker) -> Void) {
        guard count > 1 else {
            next.store(0, ordering: .relaxed)
            return body(Worker(number: 0, team: self))
        }
        withoutActuallyEscaping(body) { body in
            pthread_mutex_lock(lock)
            self.body = body
            round += 1
            next.store(0, ordering: .relaxed)
            pthread_cond_broadcast(changed)
            pthread_mutex_unlock(lock)
            call(Worker(number: 0, team: self))
            // Nobody uses the body when all have come here.
            barrier()
            self.body = nil
        }
    }

    func take() -> Int { next.add(1, ordering: .relaxed).oldValue }

    func barrier() {
        guard count > 1 else { return next.store(0, ordering: .relaxed) }
        let before = generation.load(ordering: .acquiring)
        if arrived.add(1, ordering: .acquiringAndReleasing).newValue == count {
            arrived.store(0, ordering: .relaxed)
            next.store(0, ordering: .relaxed)
            generation.store(before + 1, ordering: .releasing)
            return
        }
        var turns = 0
        while generation.load(ordering: .acquiring) == before {
            turns += 1
            // Phases are short; but where there are fewer cores than threads, the others have to get on.
            if turns < 2000 { cpolicy_pause() } else { sched_yield() }
        }
    }

    func scratch(of worker: Int, count: Int) -> UnsafeMutablePointer<Float> {
        if let scratch = scratches[worker], scratch.count >= count { return scratch.start }
        let scratch = FloatBuffer(count: count + count / 4)
        scratches[worker] = scratch
        return scratch.start
    }

    /// A function of its own, so that nothing holds the body when its caller says that this thread is done.
    @inline(never)
    private func call(_ worker: Worker) { body?(worker) }

    private func serve(_ number: Int) {
        var seen = 0
        while true {
            pthread_mutex_lock(lock)
            while !isClosed && round == seen { pthread_cond_wait(changed, lock) }
            seen = round
            let isClosed = isClosed
            pthread_mutex_unlock(lock)
            if isClosed { return }
            call(Worker(number: number, team: self))
            barrier()
        }
    }
}

// MARK: -

private final class Start {
    let team: ThreadTeam
    let number: Int

    init(team: ThreadTeam, number: Int) {
        self.team = team
        self.number = number
    }
}
