/// The weights of a GGUF file under the names, and in the layout, that transformers has for them.
///
/// Files of the architecture `llama` hold the rows of queries and keys in pairs that are rotated together; transformers
/// rotates the first half of a head with the second. The rows are put back when they are read.
public struct GGUFModel: TensorSource {
    /// The file.
    public let file: GGUFFile
    /// The name of the architecture, `llama` or `qwen2`.
    public let architecture: String
    private let tensors: [String: GGUFTensor]
    /// The names in the order of the file.
    public let tensorNames: [String]
    /// By what the frequency of each pair is divided, where the file has a table of it.
    let rotaryDivisors: [Float]?

    /// Takes a file for a model.
    ///
    /// - Throws: `ModelFileError` when its architecture is another, or a tensor has no place in it.
    public init(_ file: GGUFFile) throws(ModelFileError) {
        self.file = file
        guard let architecture = file.metadata["general.architecture"]?.string else {
            throw file.bytes.error("does not say which architecture it is")
        }
        guard architecture == "llama" || architecture == "qwen2" else {
            throw file.bytes.error("is of the architecture '\(architecture)'; llama and qwen2 are known")
        }
        self.architecture = architecture
        var tensors: [String: GGUFTensor] = [:]
        var names: [String] = []
        var divisors: [Float]?
        for tensor in file.tensors {
            if tensor.name == "rope_freqs.weight" {
                guard tensor.count <= Self.mostDivisors else {
                    throw file.bytes.error("has \(tensor.count) elements in 'rope_freqs.weight'")
                }
                let source = try file.bytes.bytes(tensor.range)
                divisors = [Float](unsafeUninitializedCapacity: tensor.count) { buffer, count in
                    tensor.encoding.decode(source, into: buffer)
                    count = tensor.count
                }
                continue
            }
            guard let name = Self.name(of: tensor.name) else {
                throw file.bytes.error("has the tensor '\(tensor.name)', for which the model has no place")
            }
            tensors[name] = tensor
            names.append(name)
        }
        self.tensors = tensors
        tensorNames = names
        rotaryDivisors = divisors
    }

    /// Half of the largest head that a model may have.
    private static let mostDivisors = 1 << 11

    /// The shape of a tensor; nil when there is none of that name.
    public func shape(of name: String) -> [Int]? { tensors[name]?.shape }

    /// Reads a tensor in the layout of transformers.
    public func read(_ name: String, into destination: UnsafeMutableBufferPointer<Float>) throws(ModelFileError) {
        guard let tensor = tensors[name] else { throw file.bytes.error("has no tensor for '\(name)'") }
        guard tensor.count == destination.count else {
            throw file.bytes.error("has \(tensor.count) elements for '\(name)', not \(destination.count)")
        }
        let source = try file.bytes.bytes(tensor.range)
        guard architecture == "llama", let heads = try rotatedHeads(name) else {
            tensor.encoding.decode(source, into: destination)
            return
        }
        let rows = tensor.shape[0]
        guard rows % (2 * heads) == 0 else { throw file.bytes.error("has no whole heads in '\(name)'") }
        let half = rows / heads / 2
        let width = tensor.count / rows
        // A bias is one row of blocks, which no encoding of ours cuts; decoded whole, then moved.
        let decoded = UnsafeMutableBufferPointer<Float>.allocate(capacity: tensor.count)
        defer { decoded.deallocate() }
        tensor.encoding.decode(source, into: decoded)
        for row in 0..<rows {
            let (head, place) = row.quotientAndRemainder(dividingBy: 2 * half)
            let target = head * 2 * half + (place % 2) * half + place / 2
            for column in 0..<width { destination[target * width + column] = decoded[row * width + column] }
        }
    }

    /// The heads of a tensor whose rows are rotated; nil for all others.
    private func rotatedHeads(_ name: String) throws(ModelFileError) -> Int? {
        let isQuery = name.contains(".self_attn.q_proj.")
        guard isQuery || name.contains(".self_attn.k_proj.") else { return nil }
        let heads = try integer("attention.head_count")
        return isQuery ? heads : try optionalInteger("attention.head_count_kv") ?? heads
    }

    /// A whole number above 0 of the architecture's metadata.
    func integer(_ name: String) throws(ModelFileError) -> Int {
        guard let value = try optionalInteger(name) else {
            throw file.bytes.error("has no '\(architecture).\(name)'")
        }
        return value
    }

    /// A whole number above 0 of the architecture's metadata, where there is one.
    func optionalInteger(_ name: String) throws(ModelFileError) -> Int? {
        guard let value = file.metadata["\(architecture).\(name)"] else { return nil }
        guard let number = value.integer, (1...(1 << 30)).contains(number) else {
            throw file.bytes.error("has no number above 0 in '\(architecture).\(name)'")
        }
        return number
    }

    /// A number above 0 of the architecture's metadata, where there is one.
    func optionalNumber(_ name: String) throws(ModelFileError) -> Double? {
        guard let value = file.metadata["\(architecture).\(name)"] else { return nil }
        guard let number = value.number, number > 0, number.isFinite else {
            throw file.bytes.error("has no number above 0 in '\(architecture).\(name)'")
        }
        return number
    }

    // MARK: - Names

    /// The name that transformers has for a tensor; nil for one that these models do not have.
    static func name(of tensor: String) -> String? {
        switch tensor {
        case "token_embd.weight": return "model.embed_tokens.weight"
        case "output_norm.weight": return "model.norm.weight"
        case "output.weight": return "lm_head.weight"
        default: break
        }
        let parts = tensor.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "blk", let layer = Int(parts[1]), let place = places[String(parts[2])],
            parts[3] == "weight" || parts[3] == "bias"
        else { return nil }
        return "model.layers.\(layer).\(place).\(parts[3])"
    }

    private static let places = [
        "attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm",
        "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj",
        "attn_output": "self_attn.o_proj", "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj",
        "ffn_down": "mlp.down_proj",
    ]
}
