import Glibc

/// Cosines and sines of the angles by which pairs are turned, for positions from 0.
///
/// Reference: RoFormer (arXiv:2104.09864), in the layout of transformers: pair i is (i, i + D / 2).
final class RotaryTable: Sendable {
    let half: Int
    /// Positions that there are.
    let positions: Int
    private let cosines: FloatBuffer
    private let sines: FloatBuffer

    init(_ configuration: ModelConfiguration, positions: Int) {
        half = configuration.headSize / 2
        self.positions = positions
        cosines = FloatBuffer(count: positions * half)
        sines = FloatBuffer(count: positions * half)
        for pair in 0..<half {
            let frequency = Self.frequency(of: pair, configuration)
            for position in 0..<positions {
                // transformers multiplies in single precision; the same rounding keeps long contexts equal.
                let angle = Double(Float(position) * frequency)
                cosines.start[position * half + pair] = Float(cos(angle))
                sines.start[position * half + pair] = Float(sin(angle))
            }
        }
    }

    func cosines(at position: Int) -> UnsafePointer<Float> { UnsafePointer(cosines.start + position * half) }
    func sines(at position: Int) -> UnsafePointer<Float> { UnsafePointer(sines.start + position * half) }

    /// The angle by which a pair is turned from one position to the next.
    static func frequency(of pair: Int, _ configuration: ModelConfiguration) -> Float {
        let exponent = Double(Float(2 * pair) / Float(configuration.headSize))
        let plain = 1 / Float(pow(Double(configuration.rotaryBase), exponent)) / configuration.rotaryStretch
        guard let scaling = configuration.rotaryScaling else { return plain }
        let wavelength = 2 * Float.pi / plain
        let context = Float(scaling.originalContextLength)
        if wavelength > context / scaling.lowFrequencyFactor { return plain / scaling.factor }
        if wavelength < context / scaling.highFrequencyFactor { return plain }
        let share =
            (context / wavelength - scaling.lowFrequencyFactor)
            / (scaling.highFrequencyFactor - scaling.lowFrequencyFactor)
        return (1 - share) * plain / scaling.factor + share * plain
    }
}
