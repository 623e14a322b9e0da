import Tasks

/// The runs of one batch: equal ones are run once.
///
/// A batch is what its owner makes of it, such as the rollouts of one scoring run. What is kept is bounded, the oldest is
/// forgotten first, and nothing outlives the batch.
typealias SharedRuns = SharedWork<RunRequest, RunOutcome>

extension SharedRuns {
    /// An empty batch, which keeps up to 4,096 runs and 64 MiB.
    static func batch() -> SharedRuns {
        SharedRuns(count: 4096, capacity: 64 << 20) { request, outcome in
            let files = request.program.files.values.reduce(0) { $0 + $1.count }
            let record = outcome.record.map { $0.stdout.count + $0.stderr.count } ?? 0
            let compile = outcome.compile.map { $0.stdout.count + $0.stderr.count } ?? 0
            return 512 + request.program.source.count + files + request.input.stdin.count + record + compile
        }
    }
}
