import Synchronization

/// The turns of one request.
struct Turns: Sendable {
    let queue: AdmissionQueue
    let client: Client
    /// How long the request waits for its first turn; after that it is under way.
    let patience: Duration
    /// Items of the request under way at once.
    let width: Int

    /// Does something for each of so many items, a few at once, each in its turn.
    ///
    /// - Returns: What came of each, in order.
    /// - Throws: The first problem; what is under way is then called off.
    func lanes<Value: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (Int) async throws(ServiceProblem) -> Value
    ) async throws(ServiceProblem) -> [Value] {
        let next = NextIndex(count)
        let result =
            await withTaskGroup(of: Result<[(Int, Value)], ServiceProblem>.self) { group in
                for _ in 0..<min(width, count) {
                    group.addTask {
                        do throws(ServiceProblem) {
                            return .success(try await lane(next, body))
                        } catch {
                            return .failure(error)
                        }
                    }
                }
                var values: [Value?] = Array(repeating: nil, count: count)
                var problem: ServiceProblem?
                for await lane in group {
                    switch lane {
                    case .success(let made): for (index, value) in made { values[index] = value }
                    case .failure(let failure):
                        // Those that end because of the first are none themselves.
                        problem = problem ?? failure
                        group.cancelAll()
                    }
                }
                return problem.map { .failure($0) } ?? .success(values.compactMap { $0 })
            } as Result<[Value], ServiceProblem>
        return try result.get()
    }

    private func lane<Value: Sendable>(
        _ next: NextIndex, _ body: @Sendable (Int) async throws(ServiceProblem) -> Value
    ) async throws(ServiceProblem) -> [(Int, Value)] {
        var made: [(Int, Value)] = []
        while let index = next.take() {
            try await queue.enter(client, patience: index == 0 ? patience : nil)
            defer { queue.leave() }
            made.append((index, try await body(index)))
            if Task.isCancelled { throw ServiceProblem(.cancelled, "the request was called off") }
        }
        return made
    }
}

/// The places of items, handed out one by one.
private final class NextIndex: Sendable {
    private let next = Atomic<Int>(0)
    private let count: Int

    init(_ count: Int) { self.count = count }

    func take() -> Int? {
        let index = next.add(1, ordering: .relaxed).oldValue
        return index < count ? index : nil
    }
}
