/// What an update was like.
public struct UpdateMetrics: Sendable, Hashable {
    /// Length of the gradient before it was clipped.
    public var gradientNorm: Float
    /// What the gradient was multiplied by to clip it; 1 where it was short enough.
    public var clipFactor: Float
}
