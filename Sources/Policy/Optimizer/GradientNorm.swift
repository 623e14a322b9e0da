import CPolicyKernels

/// The length of all gradients as one vector.
enum GradientNorm {
    private static let piece = 1 << 16

    static func compute(_ team: ThreadTeam, _ kernels: Kernels, _ gradients: Parameters) -> Double {
        let count = gradients.layout.count
        let pieces = (count + piece - 1) / piece
        let sums = UnsafeMutablePointer<Double>.allocate(capacity: max(pieces, 1))
        defer { sums.deallocate() }
        team.run { worker in
            worker.share(pieces) { number in
                let first = number * piece
                sums[number] = kernels.table.square_sum(gradients.start + first, min(piece, count - first))
            }
        }
        var sum = 0.0
        for number in 0..<pieces { sum += sums[number] }
        return sum.squareRoot()
    }
}
