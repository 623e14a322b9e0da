import CPolicyKernels
import Glibc

/// Puts an adapter into the matrices that a model computes with: W + s B A.
struct AdapterMerge {
    let adapter: AdapterConfiguration
    /// What the model computes with.
    let weights: Weights
    /// The model without the adapter.
    let base: Parameters
    /// A and B of each matrix.
    let parameters: Parameters

    /// - Parameter copiesBase: Whether what has no adapter may be out of date as well.
    func run(_ team: ThreadTeam, copiesBase: Bool) {
        if copiesBase { weights.parameters.copy(from: base) }
        let configuration = weights.configuration
        let shapes = AdapterModule.allCases.map { $0.shape(configuration) }
        let operand = FloatBuffer(count: (shapes.map(\.out).max() ?? 0) * adapter.rank)
        let columns = FloatBuffer(
            count: Kernels.packedCount(depth: adapter.rank, columns: shapes.map(\.in).max() ?? 0))
        team.run { worker in
            for layer in 0..<configuration.layerCount {
                for module in AdapterModule.allCases where adapter.modules.contains(module) {
                    merge(worker, "model.layers.\(layer).\(module.path)", module.shape(configuration), operand, columns)
                }
            }
        }
    }

    private func merge(
        _ worker: Worker, _ name: String, _ shape: (out: Int, in: Int), _ operand: FloatBuffer, _ columns: FloatBuffer
    ) {
        let kernels = weights.kernels
        let rank = adapter.rank
        let a = parameters.start + parameters.layout.offset(name + ".lora_A.weight")
        let b = parameters.start + parameters.layout.offset(name + ".lora_B.weight")
        let offset = weights.parameters.layout.offset(name + ".weight")
        let bytes = shape.in * MemoryLayout<Float>.stride
        worker.packRows(kernels, shape.out, rank, into: operand.start) { row, line in
            memcpy(weights.start + offset + row * shape.in, base.start + offset + row * shape.in, bytes)
            for place in 0..<rank { line[place] = b[row * rank + place] * adapter.scale }
        }
        worker.barrier()
        worker.packColumns(kernels, rank, shape.in, from: a, stride: shape.in, into: columns.start)
        worker.barrier()
        worker.multiply(
            kernels, shape.out, shape.in, rank, operand.start, columns.start,
            into: weights.start + offset, stride: shape.in,
            accumulates: true)
        worker.barrier()
    }
}
