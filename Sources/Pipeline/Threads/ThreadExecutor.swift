import Glibc
import Synchronization

/// A thread that runs the jobs of one actor, so that its blocking reads and writes hold up nobody else.
///
/// The shared pool has one thread a core. An actor that blocked there on a pipe would stop the scoring that is to
/// empty that very pipe.
public final class ThreadExecutor: SerialExecutor {
    private let queue = Mutex<[UnownedJob]>([])
    /// A byte in this pipe for each job in the queue; the thread sleeps in `read`.
    private let wakeWriter: Int32

    /// Starts the thread, which ends with the executor.
    public init(name: String) {
        var ends: [Int32] = [-1, -1]
        precondition(Glibc.pipe(&ends) == 0, "no descriptors left for the thread \(name)")
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        wakeWriter = ends[1]
        let start = Start(executor: self, wakeReader: ends[0])
        var thread = pthread_t()
        let code = pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().loop()
                return nil
            },
            Unmanaged.passRetained(start).toOpaque()
        )
        precondition(code == 0, "no thread left for \(name)")
        pthread_detach(thread)
    }

    /// Takes a job, whose turn comes when all before it are done.
    public func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        queue.withLock { $0.append(unowned) }
        var byte: UInt8 = 1
        while write(wakeWriter, &byte, 1) < 0 && errno == EINTR {}
    }

    /// Runs the oldest job.
    fileprivate func runNext() {
        let job = queue.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        job?.runSynchronously(on: asUnownedSerialExecutor())
    }

    deinit { close(wakeWriter) }
}

// MARK: -

/// What the thread is handed at its start.
private final class Start {
    /// Weak, so that the thread ends when nobody can give it a job any more.
    weak var executor: ThreadExecutor?
    let wakeReader: Int32

    init(executor: ThreadExecutor, wakeReader: Int32) {
        self.executor = executor
        self.wakeReader = wakeReader
    }

    func loop() {
        var byte: UInt8 = 0
        while true {
            let count = read(wakeReader, &byte, 1)
            if count < 0 && errno == EINTR { continue }
            guard count == 1, let executor else { break }
            executor.runNext()
        }
        close(wakeReader)
    }
}
