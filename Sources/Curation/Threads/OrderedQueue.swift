import Glibc

/// Hands out numbered tasks to threads so that what a task may know of the others does not depend on their speed.
///
/// Task i learns the best value of all tasks up to i − `lag`, and waits for them when it must; it learns nothing of
/// later ones, even where they are done.
final class OrderedQueue: @unchecked Sendable {
    // SAFETY: every access to the mutable state holds `lock`.

    private let taskCount: Int
    private let lag: Int
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let changed: UnsafeMutablePointer<pthread_cond_t>
    private var next = 0
    private var isClosed = false
    private var values: [Int?]
    /// Tasks from 0 that are all done, and the best value before each of them.
    private var doneCount = 0
    private var bestBefore: [Int]

    init(taskCount: Int, lag: Int, initial: Int) {
        self.taskCount = taskCount
        self.lag = lag
        values = Array(repeating: nil, count: taskCount)
        bestBefore = [initial]
        lock = .allocate(capacity: 1)
        changed = .allocate(capacity: 1)
        pthread_mutex_init(lock, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_mutex_destroy(lock)
        pthread_cond_destroy(changed)
        lock.deallocate()
        changed.deallocate()
    }

    /// How many tasks are done without a gap, from the first.
    var prefixCount: Int {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return doneCount
    }

    /// The next task and the value it may build on; nil when there is none.
    func take() -> (task: Int, value: Int)? {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        guard !isClosed, next < taskCount else { return nil }
        let task = next
        next += 1
        while !isClosed && doneCount < task + 1 - lag { pthread_cond_wait(changed, lock) }
        guard !isClosed else { return nil }
        return (task, bestBefore[max(0, task + 1 - lag)])
    }

    /// Reports the value of a task.
    func finish(_ task: Int, value: Int) {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        values[task] = value
        while doneCount < taskCount, let value = values[doneCount] {
            bestBefore.append(max(bestBefore[doneCount], value))
            doneCount += 1
        }
        pthread_cond_broadcast(changed)
    }

    /// Hands out no more tasks, and lets go whoever waits for one.
    func close() {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        // Somebody may wait for a task that will not be finished.
        isClosed = true
        pthread_cond_broadcast(changed)
    }
}
