import Glibc

/// How the learning rate goes from step to step, as the schedulers of transformers have it.
public struct LearningRateSchedule: Sendable, Hashable {
    /// What comes after the warm-up.
    public enum Shape: String, Sendable, Hashable, CaseIterable {
        /// The rate stays.
        case constant
        /// The rate falls evenly to zero.
        case linear
        /// The rate falls along half a cosine to zero.
        case cosine
    }

    /// What comes after the warm-up.
    public var shape: Shape
    /// Steps in which the rate rises from zero.
    public var warmupSteps: Int

    /// Creates a schedule.
    public init(_ shape: Shape = .constant, warmupSteps: Int = 0) {
        self.shape = shape
        self.warmupSteps = warmupSteps
    }

    /// The learning rate of a step.
    ///
    /// - Parameters:
    ///   - step: The step, from 0.
    ///   - total: Steps that there are.
    ///   - base: The rate at its highest.
    public func rate(step: Int, of total: Int, base: Float) -> Float {
        if step < warmupSteps { return base * Float(step) / Float(max(1, warmupSteps)) }
        let done = min(1, Double(step - warmupSteps) / Double(max(1, total - warmupSteps)))
        return switch shape {
        case .constant: base
        case .linear: base * Float(1 - done)
        case .cosine: base * Float(0.5 * (1 + cos(Double.pi * done)))
        }
    }
}
