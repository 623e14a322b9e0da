import CPolicyKernels
import Synchronization

/// What AdamW remembers of earlier steps.
public final class OptimizerState: Sendable {
    /// Means of gradients.
    public let firstMoment: Parameters
    /// Means of their squares.
    public let secondMoment: Parameters
    private let steps = Atomic<Int>(0)

    init(_ layout: ParameterLayout) {
        firstMoment = Parameters(layout)
        secondMoment = Parameters(layout)
    }

    /// Steps that were done.
    public var step: Int {
        get { steps.load(ordering: .relaxed) }
        set { steps.store(newValue, ordering: .relaxed) }
    }

    /// Moves parameters against gradients.
    ///
    /// - Parameter scale: What gradients are multiplied by first.
    func update(
        _ team: ThreadTeam, _ kernels: Kernels, _ parameters: Parameters, _ gradients: Parameters, learningRate: Float,
        _ settings: AdamWSettings, scale: Float
    ) {
        step += 1
        var plain = cpolicy_adamw(
            rate: learningRate, beta1: settings.beta1, beta2: settings.beta2, epsilon: settings.epsilon, decay: 0,
            correction1: Self.correction(settings.beta1, step), correction2: Self.correction(settings.beta2, step),
            scale: scale)
        var decaying = plain
        decaying.decay = settings.weightDecay
        let pieces = Self.pieces(parameters.layout)
        withUnsafePointer(to: &plain) { plain in
            withUnsafePointer(to: &decaying) { decaying in
                team.run { worker in
                    worker.share(pieces.count) { number in
                        let (range, isMatrix) = pieces[number]
                        let first = range.lowerBound
                        kernels.table.adamw(
                            parameters.start + first, gradients.start + first, firstMoment.start + first,
                            secondMoment.start + first, range.count, isMatrix ? decaying : plain)
                    }
                }
            }
        }
    }

    /// 1 − β^t, in double precision because β is near 1.
    private static func correction(_ beta: Float, _ step: Int) -> Float {
        var power = 1.0
        var (base, exponent) = (Double(beta), step)
        while exponent > 0 {
            if exponent & 1 == 1 { power *= base }
            base *= base
            exponent >>= 1
        }
        return Float(1 - power)
    }

    private static func pieces(_ layout: ParameterLayout) -> [(Range<Int>, Bool)] {
        let size = 1 << 16
        return layout.tensors.flatMap { tensor in
            stride(from: 0, to: tensor.count, by: size).map { first in
                let start = tensor.offset + first
                return (start..<start + min(size, tensor.count - first), tensor.shape.count > 1)
            }
        }
    }
}
