import Sandbox

/// What was measured of one contender with one program.
struct Measurement {
    /// Milliseconds of each run.
    private(set) var latencies: [Double] = []
    /// Runs a second in each round.
    private(set) var throughputs: [Double] = []

    var medianLatency: Double { Self.median(latencies) }
    var medianThroughput: Double { Self.median(throughputs) }

    /// Measures every contender in turn, round after round, so that a disturbance of the machine meets all alike.
    ///
    /// - Parameters:
    ///   - workers: How many run at a time.
    ///   - runs: Runs of each worker in a round.
    static func interleaved(
        _ program: Program, in sandbox: SandboxRunner, workers: Int, rounds: Int, runs: Int
    ) async throws -> [Contender: Measurement] {
        var measurements: [Contender: Measurement] = [:]
        for round in 0...rounds {
            for contender in Contender.allCases {
                let clock = ContinuousClock()
                let start = clock.now
                let latencies = try await withThrowingTaskGroup(of: [Double].self) { group in
                    for _ in 0..<workers {
                        group.addTask {
                            var latencies: [Double] = []
                            for _ in 0..<runs {
                                let began = clock.now
                                try await contender.run(program, in: sandbox)
                                latencies.append((clock.now - began) / .milliseconds(1))
                            }
                            return latencies
                        }
                    }
                    return try await group.reduce(into: []) { $0 += $1 }
                }
                let seconds = (clock.now - start) / .seconds(1)
                // The first round fills caches and prepares slots.
                if round == 0 { continue }
                measurements[contender, default: Measurement()].latencies += latencies
                measurements[contender, default: Measurement()].throughputs.append(Double(workers * runs) / seconds)
            }
        }
        return measurements
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return .nan }
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
