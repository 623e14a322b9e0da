import Sandbox

/// What a run gets beyond its limits because others compete with it, and what is made of how it ended.
///
/// CPU time decides. Yet even CPU time grows where others share a cache or a core: by a tenth here, by more elsewhere.
/// So a run gets a quarter more than it may use. One that needs none of it is judged at once; one that needs all of it is
/// too slow at any load; only one that ends within the quarter is tried again alone, with its own limit. A program that
/// never ends therefore costs a quarter more, not twice as much.
///
/// Wall time is a net for programs that wait for ever. Where it is not shorter than the CPU time, it grows with the load, and what it catches is tried again alone
/// only when it was hungry: a program that used its share of the processors was held up by others, one that did not
/// waited for itself.
///
/// docs/decisions/0011 has the figures.
struct LoadAllowance: Sendable {
    /// What is to be done with a result.
    enum Finding: Sendable, Hashable {
        /// It stands.
        case stands
        /// It stands, as a run that reached this limit.
        case reached(Limit)
        /// Others may be to blame; it is to be tried again alone.
        case isDoubtful
    }

    /// The limits that the run is judged by.
    let asked: ResourceLimits
    /// Tasks a processor at the start of the run.
    let load: Double
    /// Whether no other run of ours is under way.
    let isAlone: Bool

    /// The limits that the run is given.
    var given: ResourceLimits {
        var limits = asked
        if !isAlone { limits.cpuTime = asked.cpuTime + asked.cpuTime / 4 }
        // A wall limit that is shorter than the CPU limit is meant so: somebody stops listening then, whatever the load.
        guard asked.wallTime >= asked.cpuTime else { return limits }
        // Any other must leave room for the quarter.
        limits.wallTime = max(asked.wallTime, limits.cpuTime) * load
        return limits
    }

    /// What a result means.
    ///
    /// - Parameter loadAtEnd: Tasks a processor when the run had ended.
    func finding(on result: ExecutionResult, loadAtEnd: Double) -> Finding {
        let load = max(load, loadAtEnd)
        // Alone in the engine, and on the host as far as can be told.
        let hadCompany = !isAlone && (result.usage.companions > 0 || load > 1)
        switch result.termination {
        case .limitExceeded(.cpuTime), .limitExceeded(.memory):
            return .stands
        case .limitExceeded(.wallTime):
            return hadCompany && isHungry(result.usage, load) ? .isDoubtful : .stands
        default:
            if result.usage.cpuTime >= asked.cpuTime { return hadCompany ? .isDoubtful : .reached(.cpuTime) }
            if result.usage.wallTime >= asked.wallTime, !isHungry(result.usage, load) { return .reached(.wallTime) }
            return .stands
        }
    }

    /// Whether a run used at least a quarter of the processor time that a task gets at this load.
    private func isHungry(_ usage: ResourceUsage, _ load: Double) -> Bool {
        usage.cpuTime * load * 4 >= usage.wallTime
    }
}

extension Duration {
    fileprivate static func * (duration: Duration, factor: Double) -> Duration {
        // In two steps: a Duration has no product with a fraction.
        .nanoseconds(Int64(duration / .nanoseconds(1) * factor))
    }
}
