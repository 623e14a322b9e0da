/// Works on several items at once.
enum Concurrently {
    /// Does the work on the items of so many places, `width` at once; the results are in order and end with the first that is the last
    /// wanted.
    ///
    /// What lies behind the last is called off, yet what lies before it is waited for: the answer must not depend on who
    /// was faster. An item that fails is the last, too.
    ///
    /// - Throws: The error of the first item in order that failed, if no earlier one was the last wanted.
    static func map<Value: Sendable>(
        _ count: Int, width: Int, _ work: @escaping @Sendable (Int) async throws(PluginError) -> Value,
        until isLast: (Value) -> Bool
    ) async throws(PluginError) -> [Value] {
        if count == 1 { return [try await work(0)] }
        let results = await withTaskGroup(of: (Int, Result<Value, PluginError>).self) { group in
            var results = [Result<Value, PluginError>?](repeating: nil, count: count)
            var (next, end, missing) = (0, count, 0)
            func start() {
                guard next < end else { return }
                let index = next
                next += 1
                group.addTask {
                    do throws(PluginError) { return (index, .success(try await work(index))) } catch {
                        return (index, .failure(error))
                    }
                }
            }
            for _ in 0..<width { start() }
            while missing < end, let (index, result) = await group.next() {
                results[index] = result
                if index < end, isEnd(result, isLast) { end = index + 1 }
                while missing < end, results[missing] != nil { missing += 1 }
                start()
            }
            group.cancelAll()
            return results[..<end].compactMap { $0 }
        }
        var values: [Value] = []
        for result in results { values.append(try result.get()) }
        return values
    }

    private static func isEnd<Value>(_ result: Result<Value, PluginError>, _ isLast: (Value) -> Bool) -> Bool {
        switch result {
        case .success(let value): isLast(value)
        case .failure: true
        }
    }
}
