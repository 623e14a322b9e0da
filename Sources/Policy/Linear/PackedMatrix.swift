/// A right operand of products, packed for the machine: as floats, or as bytes with scales.
final class PackedMatrix: Sendable {
    enum Precision { case float32, int8 }

    /// Rows (k) and columns (n).
    let depth: Int
    let columns: Int
    let precision: Precision
    private let buffer: FloatBuffer

    init(depth: Int, columns: Int, precision: Precision = .float32) {
        self.depth = depth
        self.columns = columns
        self.precision = precision
        let panels = (columns + Kernels.columns - 1) / Kernels.columns
        switch precision {
        case .float32: buffer = FloatBuffer(count: panels * Kernels.columns * depth)
        case .int8: buffer = FloatBuffer(count: panels * Self.bytePanel(depth) / 4)
        }
    }

    var floats: UnsafeMutablePointer<Float> { buffer.start }

    var bytes: UnsafeMutablePointer<UInt8> {
        UnsafeMutableRawPointer(buffer.start).assumingMemoryBound(to: UInt8.self)
    }

    static func bytePanel(_ depth: Int) -> Int { (depth + 31) / 32 * (32 * 4 + 32 * 32) }
}
