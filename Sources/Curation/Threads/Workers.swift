import Glibc

/// Runs the same body on several threads and waits for all of them.
enum Workers {
    /// Calls `body` once on each of `count` threads, the caller's among them.
    ///
    /// - Parameter body: Takes the thread's number from 0.
    static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        var threads: [pthread_t] = []
        for number in 1..<max(2, count) where count > 1 {
            var thread = pthread_t()
            let work = Unmanaged.passRetained(Work(number: number, body: body))
            let code = pthread_create(
                &thread,
                nil,
                { argument in
                    guard let argument else { return nil }
                    let work = Unmanaged<Work>.fromOpaque(argument).takeRetainedValue()
                    work.body(work.number)
                    return nil
                },
                work.toOpaque()
            )
            if code == 0 {
                threads.append(thread)
            } else {
                // Its share is done here, where one thread less costs time and no result.
                let work = work.takeRetainedValue()
                work.body(work.number)
            }
        }
        body(0)
        for thread in threads { pthread_join(thread, nil) }
    }
}

// MARK: -

private final class Work: Sendable {
    let number: Int
    let body: @Sendable (Int) -> Void

    init(number: Int, body: @escaping @Sendable (Int) -> Void) {
        self.number = number
        self.body = body
    }
}
