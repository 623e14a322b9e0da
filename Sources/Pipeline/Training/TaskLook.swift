/// A look at a place of a feed: what it gives is a function of these and of the run's seed.
struct TaskLook: Sendable, Hashable {
    /// What a look is for; looks for different purposes see different tasks where tasks are made anew.
    enum Series: UInt64, Sendable, Hashable {
        /// Learning from scores.
        case policy
        /// Learning from answers that are known.
        case warmStart
        /// Seeing how far a warm start is.
        case check
        /// Evaluations of what is kept from learning.
        case heldOut
    }

    /// Which of the places.
    var place: Int
    /// How often all places were looked at before.
    var round: Int
    /// What the look is for.
    var series: Series

    /// The number by which the making of tasks knows the round.
    var epoch: UInt64 { series.rawValue << 48 | UInt64(round) }
}

/// A task with the place that it was drawn from.
struct DrawnTask: Sendable {
    let place: Int
    let task: TrainingTask
}
