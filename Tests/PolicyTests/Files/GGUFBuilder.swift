@testable import Policy

/// Puts GGUF files together, right ones and wrong ones.
struct GGUFBuilder {
    var magic: [UInt8] = Array("GGUF".utf8)
    var version: UInt32 = 3
    var tensorCount: UInt64?
    var entryCount: UInt64?
    private var entries: [[UInt8]] = []
    private var tensors: [(name: String, dimensions: [UInt64], type: UInt32, data: [UInt8], offset: UInt64?)] = []

    mutating func add(_ key: String, _ value: String) {
        entries.append(Self.text(key) + Self.bytes(UInt32(8)) + Self.text(value))
    }

    mutating func add(_ key: String, _ value: UInt32) {
        entries.append(Self.text(key) + Self.bytes(UInt32(4)) + Self.bytes(value))
    }

    mutating func add(_ key: String, _ value: Float) {
        entries.append(Self.text(key) + Self.bytes(UInt32(6)) + Self.bytes(value.bitPattern))
    }

    mutating func add(_ key: String, _ values: [String]) {
        let head = Self.text(key) + Self.bytes(UInt32(9)) + Self.bytes(UInt32(8)) + Self.bytes(UInt64(values.count))
        entries.append(head + values.flatMap(Self.text))
    }

    mutating func add(_ key: String, _ values: [Int32]) {
        let head = Self.text(key) + Self.bytes(UInt32(9)) + Self.bytes(UInt32(5)) + Self.bytes(UInt64(values.count))
        entries.append(head + values.flatMap { Self.bytes($0) })
    }

    /// Adds an entry of any type, even of none.
    mutating func add(_ key: String, type: UInt32, bytes: [UInt8]) {
        entries.append(Self.text(key) + Self.bytes(type) + bytes)
    }

    /// Adds a tensor; dimensions as the file has them, the fastest first.
    mutating func addTensor(
        _ name: String, _ dimensions: [UInt64], type: UInt32 = 0, data: [UInt8], offset: UInt64? = nil
    ) {
        tensors.append((name, dimensions, type, data, offset))
    }

    mutating func addTensor(_ name: String, _ dimensions: [UInt64], _ values: [Float]) {
        addTensor(name, dimensions, data: values.flatMap { Self.bytes($0.bitPattern) })
    }

    var bytes: [UInt8] {
        var head = magic + Self.bytes(version) + Self.bytes(tensorCount ?? UInt64(tensors.count))
        head += Self.bytes(entryCount ?? UInt64(entries.count)) + entries.joined()
        var data: [UInt8] = []
        for tensor in tensors {
            head += Self.text(tensor.name) + Self.bytes(UInt32(tensor.dimensions.count))
            head += tensor.dimensions.flatMap { Self.bytes($0) } + Self.bytes(tensor.type)
            head += Self.bytes(tensor.offset ?? UInt64(data.count))
            data += tensor.data + [UInt8](repeating: 0, count: (32 - tensor.data.count % 32) % 32)
        }
        return head + [UInt8](repeating: 0, count: (32 - head.count % 32) % 32) + data
    }

    var file: FileBytes { FileBytes(bytes) }

    static func text(_ text: String) -> [UInt8] { bytes(UInt64(text.utf8.count)) + Array(text.utf8) }

    static func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    /// A model of one layer with all its metadata.
    static func model(architecture: String = "llama") -> GGUFBuilder {
        var builder = GGUFBuilder()
        builder.add("general.architecture", architecture)
        for (name, value) in [
            ("block_count", 1), ("embedding_length", 8), ("feed_forward_length", 12), ("attention.head_count", 2),
            ("attention.head_count_kv", 1), ("context_length", 64), ("rope.dimension_count", 4),
        ] { builder.add("\(architecture).\(name)", UInt32(value)) }
        builder.add("\(architecture).attention.layer_norm_rms_epsilon", Float(1e-5))
        builder.add("\(architecture).rope.freq_base", Float(10_000))
        let shapes: [(String, [UInt64])] = [
            ("token_embd.weight", [8, 10]), ("blk.0.attn_norm.weight", [8]), ("blk.0.attn_q.weight", [8, 8]),
            ("blk.0.attn_k.weight", [8, 4]), ("blk.0.attn_v.weight", [8, 4]), ("blk.0.attn_output.weight", [8, 8]),
            ("blk.0.ffn_norm.weight", [8]), ("blk.0.ffn_gate.weight", [8, 12]), ("blk.0.ffn_up.weight", [8, 12]),
            ("blk.0.ffn_down.weight", [12, 8]), ("output_norm.weight", [8]),
        ]
        for (name, shape) in shapes {
            let count = Int(shape.reduce(1, *))
            builder.addTensor(name, shape, (0..<count).map { Float($0) })
        }
        return builder
    }
}
