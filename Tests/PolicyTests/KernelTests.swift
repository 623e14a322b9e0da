import COpenBLAS
import CPolicyKernels
import Foundation
import Testing

@testable import Policy

extension Kernels: CustomTestStringConvertible {
    var testDescription: String { name }
}

@Suite("Kernels") struct KernelTests {
    private static func numbers(_ count: Int, seed: UInt64) -> [Float] {
        var random = TestRandom(seed: seed)
        return (0..<count).map { _ in random.normal() }
    }

    @Test("multiply as loops do, for operands that lie either way", arguments: Kernels.available)
    func products(kernels: Kernels) {
        for (m, n, k) in [(1, 1, 1), (1, 33, 7), (3, 64, 40), (13, 31, 100), (25, 70, 1600), (40, 5, 3), (12, 32, 0)] {
            let (a, b) = (Self.numbers(m * k, seed: 1), Self.numbers(n * k, seed: 2))
            let start = Self.numbers(m * n, seed: 3)
            for isTransposed in [false, true] {
                var packedA = Array(repeating: Float(0), count: m * k)
                var packedB = Array(repeating: Float.nan, count: Kernels.packedCount(depth: k, columns: n))
                if isTransposed {
                    kernels.table.pack_a(a, 1, m, m, k, &packedA)
                    kernels.table.pack_b(b, 1, k, k, n, &packedB)
                } else {
                    kernels.table.pack_a(a, k, 1, m, k, &packedA)
                    kernels.table.pack_b(b, n, 1, k, n, &packedB)
                }
                for accumulates in [false, true] {
                    var c = start
                    kernels.table.multiply(
                        packedA, k, 0, packedB, &c, n, m, n, k, accumulates ? CPOLICY_ADDS : CPOLICY_SETS)
                    for row in 0..<m {
                        for column in 0..<n {
                            var sum = accumulates ? Double(start[row * n + column]) : 0
                            for step in 0..<k {
                                let left = isTransposed ? a[step * m + row] : a[row * k + step]
                                let right = isTransposed ? b[column * k + step] : b[step * n + column]
                                sum += Double(left) * Double(right)
                            }
                            #expect(abs(Double(c[row * n + column]) - sum) < 1e-6 * Double(max(100, k)))
                        }
                    }
                }
            }
        }
    }

    @Test("multiply as OpenBLAS does in double precision, at the sizes of a layer", arguments: Kernels.available)
    func openBLAS(kernels: Kernels) {
        openblas_set_num_threads(1)
        for (m, n, k) in [(1, 1536, 576), (64, 576, 1536), (200, 960, 576), (64, 64, 2048)] {
            let (a, b) = (Self.numbers(m * k, seed: 11), Self.numbers(n * k, seed: 12))
            var packedA = Array(repeating: Float(0), count: m * k)
            var packedB = Array(repeating: Float.nan, count: Kernels.packedCount(depth: k, columns: n))
            kernels.table.pack_a(a, k, 1, m, k, &packedA)
            kernels.table.pack_b(b, n, 1, k, n, &packedB)
            var ours = Array(repeating: Float(0), count: m * n)
            kernels.table.multiply(packedA, k, 0, packedB, &ours, n, m, n, k, CPOLICY_SETS)
            var exact = Array(repeating: Double(0), count: m * n)
            cblas_dgemm(
                CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(m), Int32(n), Int32(k), 1, a.map { Double($0) },
                Int32(k), b.map { Double($0) }, Int32(n), 0, &exact, Int32(n))
            let worst = zip(ours, exact).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
            // The terms are normal numbers, so a sum of k of them is about as large as the root of k.
            #expect(worst < 3e-6 * Double(k).squareRoot(), "\(m) x \(n) x \(k)")
        }
    }

    @Test("give a row the same bits alone and among others", arguments: Kernels.available)
    func rows(kernels: Kernels) {
        let (m, n, k) = (29, 64, 900)
        let (a, b) = (Self.numbers(m * k, seed: 4), Self.numbers(n * k, seed: 5))
        var packedB = Array(repeating: Float(0), count: n * k)
        kernels.table.pack_b(b, n, 1, k, n, &packedB)
        var packedA = Array(repeating: Float(0), count: m * k)
        var whole = Array(repeating: Float(0), count: m * n)
        kernels.table.pack_a(a, k, 1, m, k, &packedA)
        kernels.table.multiply(packedA, k, 0, packedB, &whole, n, m, n, k, CPOLICY_SETS)
        for row in 0..<m {
            var alone = Array(repeating: Float(0), count: n)
            kernels.table.pack_a(Array(a[row * k..<(row + 1) * k]), k, 1, 1, k, &packedA)
            kernels.table.multiply(packedA, k, 0, packedB, &alone, n, 1, n, k, CPOLICY_SETS)
            #expect(alone[...] == whole[row * n..<(row + 1) * n])
        }
    }

    @Test("go on with a chain of multiply-adds as if it had not been cut", arguments: Kernels.available)
    func chains(kernels: Kernels) {
        let (m, n, k) = (17, 32, 250)
        let (a, b) = (Self.numbers(m * k, seed: 4), Self.numbers(n * k, seed: 5))
        var packedB = Array(repeating: Float(0), count: n * k)
        kernels.table.pack_b(b, n, 1, k, n, &packedB)
        var packedA = Array(repeating: Float(0), count: m * k)
        var whole = Array(repeating: Float(0), count: m * n)
        kernels.table.pack_a(a, k, 1, m, k, &packedA)
        kernels.table.multiply(packedA, k, 0, packedB, &whole, n, m, n, k, CPOLICY_SETS)
        var parts = Array(repeating: Float(0), count: m * n)
        for start in stride(from: 0, to: k, by: 125) {
            packedB.withUnsafeBufferPointer { packed in
                guard let base = packed.baseAddress else { return }
                kernels.table.multiply(
                    packedA, k, start, base + start * 32, &parts, n, m, 32, 125,
                    start > 0 ? CPOLICY_CONTINUES : CPOLICY_SETS)
            }
        }
        #expect(parts == whole)
    }

    @Test("multiply bytes as the floats that they stand for", arguments: Kernels.available)
    func bytes(kernels: Kernels) {
        let (m, n, k) = (14, 40, 75)
        let (a, b) = (Self.numbers(m * k, seed: 6), Self.numbers(n * k, seed: 7))
        var packed = Array(repeating: UInt8(0), count: 2 * PackedMatrix.bytePanel(k))
        kernels.table.pack_b8(b, 1, k, k, n, &packed)
        var packedA = Array(repeating: Float(0), count: m * k)
        kernels.table.pack_a(a, k, 1, m, k, &packedA)
        var c = Array(repeating: Float(0), count: m * n)
        kernels.table.multiply8(packedA, packed, &c, n, m, n, k, CPOLICY_SETS)
        for row in 0..<m {
            for column in 0..<n {
                var sum = 0.0
                for first in stride(from: 0, to: k, by: 32) {
                    let group = first..<min(k, first + 32)
                    let scale = group.reduce(Float(0)) { max($0, abs(b[column * k + $1])) } / 127
                    for step in group {
                        sum += Double(a[row * k + step]) * Double((b[column * k + step] / scale).rounded() * scale)
                    }
                }
                #expect(abs(Double(c[row * n + column]) - sum) < 2e-2)
            }
        }
    }

    @Test(
        "give a row of bytes' products the same bits alone and among others", arguments: Kernels.available,
        [CPOLICY_SETS, CPOLICY_CONTINUES, CPOLICY_ADDS])
    func byteRows(kernels: Kernels, sum: cpolicy_sum) {
        // Panels more than are summed at once, and a last one that is narrow; groups more than a chain, and a last one that is short.
        let (m, n, k) = (13, 7 * 32 + 8, 300)
        let (a, b) = (Self.numbers(m * k, seed: 8), Self.numbers(n * k, seed: 9))
        var packed = Array(repeating: UInt8(0), count: 8 * PackedMatrix.bytePanel(k))
        kernels.table.pack_b8(b, 1, k, k, n, &packed)
        var packedA = Array(repeating: Float(0), count: m * k)
        kernels.table.pack_a(a, k, 1, m, k, &packedA)
        let before = Self.numbers(m * n, seed: 10)
        var whole = before
        kernels.table.multiply8(packedA, packed, &whole, n, m, n, k, sum)
        #expect(whole != before)
        for row in 0..<m {
            kernels.table.pack_a(Array(a[row * k..<(row + 1) * k]), k, 1, 1, k, &packedA)
            var alone = Array(before[row * n..<(row + 1) * n])
            kernels.table.multiply8(packedA, packed, &alone, n, 1, n, k, sum)
            #expect(alone[...] == whole[row * n..<(row + 1) * n])
        }
    }

    @Test("know exponentials as exactly as their arguments are known, and sums of them", arguments: Kernels.available)
    func exponentials(kernels: Kernels) {
        for count in [1, 5, 16, 100, 1031] {
            let x = Self.numbers(count, seed: UInt64(count)).map { $0 * 20 }
            let most = Double(x.max() ?? 0)
            let sum = x.reduce(0) { $0 + exp(Double($1) - most) }
            let logSum = most + log(sum)
            let summary = kernels.table.summarize(x, count, 1)
            #expect(abs(Double(summary.log_sum) - logSum) < 1e-6 * max(1, abs(logSum)))
            let entropy = x.reduce(0) { $0 - exp(Double($1) - logSum) * (Double($1) - logSum) }
            #expect(abs(Double(summary.entropy) - entropy) < 1e-5)
            var soft = x
            kernels.table.softmax(&soft, count, 1)
            for (found, value) in zip(soft, x) {
                let expected = exp(Double(value) - logSum)
                #expect(abs(Double(found) - expected) < 1e-5 * expected + 1e-37)
            }
        }
    }

    @Test("know exponentials at the ends of their range", arguments: Kernels.available)
    func extremes(kernels: Kernels) {
        var row: [Float] = [0, -1e30, -100, -87, .leastNormalMagnitude, 0]
        kernels.table.softmax(&row, row.count, 1)
        #expect(row[1] == 0 && row[2] == 0 && row[3] < 1e-37)
        #expect(abs(row[0] - 1.0 / 3) < 1e-6)
        var equal = Array(repeating: Float(3e38), count: 5)
        kernels.table.softmax(&equal, 5, 1)
        #expect(equal.allSatisfy { abs($0 - 0.2) < 1e-6 })
        #expect(kernels.table.argmax([1, 5, 5, 2], 4) == 1)
    }
}
