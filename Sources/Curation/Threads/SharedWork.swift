import Synchronization

/// Splits a range of items among threads and joins what they find in the order of the items.
enum SharedWork {
    /// Runs `body` on chunks of items.
    static func run<Result: Sendable>(
        itemCount: Int, chunk: Int, threads: Int, control: SearchControl,
        _ body: @escaping @Sendable (Range<Int>, inout [Result]) -> Void
    ) -> [Result] {
        guard itemCount > 0 else { return [] }
        let chunkCount = (itemCount + chunk - 1) / chunk
        let shared = Shared<Result>(chunkCount)
        Workers.run(min(threads, chunkCount)) { _ in
            while !control.isOver {
                let number = shared.next.add(1, ordering: .relaxed).oldValue
                guard number < chunkCount else { return }
                var found: [Result] = []
                body(number * chunk..<min(itemCount, (number + 1) * chunk), &found)
                let part = found
                shared.results.withLock { $0[number] = part }
            }
        }
        return shared.results.withLock { Array($0.joined()) }
    }
}

// MARK: -

private final class Shared<Result: Sendable>: Sendable {
    let next = Atomic<Int>(0)
    let results: Mutex<[[Result]]>

    init(_ chunkCount: Int) { results = Mutex(Array(repeating: [], count: chunkCount)) }
}
