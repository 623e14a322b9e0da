import COpenBLAS
import CPolicyKernels
import Glibc

/// The policy's products beside OpenBLAS's on one thread, in turns, with the weights of a layer of SmolLM2-135M.
///
/// Ours finds the weights packed, as they are once an update; what is multiplied with them is packed every time. OpenBLAS
/// packs both every time, since that is what its interface does.
struct ProductBench {
    private static let (depth, columns) = (576, 1536)
    private let kernels: cpolicy_kernels

    init() {
        openblas_set_num_threads(1)
        guard let widest = (0..<cpolicy_set_count()).lazy.compactMap({ cpolicy_set($0) }).first else {
            fatalError("no set of kernels runs here")
        }
        kernels = widest.pointee
    }

    /// Prints lines of name, GFLOP/s of ours and of OpenBLAS, with tabs between.
    func run() {
        for rows in [1, 4, 8, 12, 32, 64, 512] {
            let (ours, theirs) = measure(rows)
            print("products, \(rows) rows\t\(Self.rounded(ours))\tGFLOP/s\t\(Self.rounded(theirs))")
        }
    }

    private func measure(_ rows: Int) -> (ours: Double, theirs: Double) {
        let (depth, columns) = (Self.depth, Self.columns)
        let a = (0..<rows * depth).map { Float(($0 * 7919) % 1000) / 1000 - 0.5 }
        let b = (0..<depth * columns).map { Float(($0 * 104_729) % 1000) / 1000 - 0.5 }
        var packedA = [Float](repeating: 0, count: rows * depth)
        var packedB = [Float](repeating: 0, count: depth * columns)
        var c = [Float](repeating: 0, count: rows * columns)
        kernels.pack_b(b, columns, 1, depth, columns, &packedB)
        let repeats = max(1, 2_000_000_000 / (2 * rows * depth * columns))
        var (ours, theirs) = (Double.infinity, Double.infinity)
        for _ in 0..<9 {
            ours = min(
                ours,
                Self.seconds {
                    for _ in 0..<repeats {
                        kernels.pack_a(a, depth, 1, rows, depth, &packedA)
                        kernels.multiply(
                            packedA, depth, 0, packedB, &c, columns, rows, columns, depth, CPOLICY_SETS)
                    }
                })
            theirs = min(
                theirs,
                Self.seconds {
                    for _ in 0..<repeats {
                        cblas_sgemm(
                            CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(columns), Int32(depth), 1, a,
                            Int32(depth), b, Int32(columns), 0, &c, Int32(columns))
                    }
                })
        }
        let work = Double(2 * rows * depth * columns * repeats) / 1e9
        return (work / ours, work / theirs)
    }

    private static func seconds(_ body: () -> Void) -> Double {
        let elapsed = ContinuousClock().measure(body).components
        return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
    }

    private static func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}
