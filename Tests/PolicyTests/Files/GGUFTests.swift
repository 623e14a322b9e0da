import TestSupport
import Testing

@testable import Policy

@Suite("A GGUF file")
struct GGUFTests {
    @Test("is read with its metadata, its shapes and its values")
    func reading() throws {
        let model = try GGUFModel(try GGUFFile(GGUFBuilder.model().file))
        #expect(model.architecture == "llama" && model.tensorNames.count == 11)
        #expect(model.shape(of: "model.embed_tokens.weight") == [10, 8])
        #expect(try model.read("model.layers.0.self_attn.v_proj.weight") == (0..<32).map { Float($0) })
        let configuration = try ModelConfiguration(model)
        #expect(configuration.vocabularySize == 10 && configuration.headSize == 4 && configuration.tiesHead)
        #expect(configuration.keyValueHeadCount == 1 && !configuration.hasAttentionBiases)
        let parameters = Parameters(ParameterLayout(configuration))
        try parameters.load(model)
        let down = parameters.withTensor("model.layers.0.mlp.down_proj.weight") { Array($0) }
        #expect(down == (0..<96).map { Float($0) })
    }

    @Test("has the rows of queries and keys put back into the halves of a head")
    func rotation() throws {
        let file = try GGUFFile(GGUFBuilder.model().file)
        let rows = try GGUFModel(file).read("model.layers.0.self_attn.q_proj.weight")
        // Rows 0, 1, 2, 3 of a head in the file are rows 0, 2, 1, 3 of the model.
        #expect(stride(from: 0, to: 64, by: 8).map { rows[$0] / 8 } == [0, 2, 1, 3, 4, 6, 5, 7])
        let other = try GGUFModel(try GGUFFile(GGUFBuilder.model(architecture: "qwen2").file))
        #expect(try other.read("model.layers.0.self_attn.q_proj.weight") == (0..<64).map { Float($0) })
    }

    @Test("has its blocks decoded exactly")
    func decoding() throws {
        let scale = GGUFBuilder.bytes(Float16(0.5).bitPattern)
        let least = GGUFBuilder.bytes(Float16(-2).bitPattern)
        let nibbles = (0..<16).map { UInt8($0 | (15 - $0) << 4) }
        var builder = GGUFBuilder()
        builder.addTensor("q40", [32], type: 2, data: scale + nibbles)
        builder.addTensor("q41", [32], type: 3, data: scale + least + nibbles)
        builder.addTensor("q80", [32], type: 8, data: scale + (0..<32).map { UInt8(bitPattern: Int8($0 * 8 - 128)) })
        builder.addTensor("f16", [2], type: 1, data: GGUFBuilder.bytes(Float16(1.5).bitPattern) + scale)
        builder.addTensor("bf16", [2], type: 30, data: [0x80, 0x3F, 0x00, 0xC0])
        let file = try GGUFFile(builder.file)
        let low = (0..<16).map { Float($0) }
        let all = low + low.reversed()
        let expected: [String: [Float]] = [
            "q40": all.map { 0.5 * ($0 - 8) }, "q41": all.map { 0.5 * $0 - 2 },
            "q80": (0..<32).map { 0.5 * Float($0 * 8 - 128) }, "f16": [1.5, 0.5], "bf16": [1, -2],
        ]
        for tensor in file.tensors {
            var values = [Float](repeating: .nan, count: tensor.count)
            let source = try file.bytes.bytes(tensor.range)
            values.withUnsafeMutableBufferPointer { tensor.encoding.decode(source, into: $0) }
            #expect(values == expected[tensor.name], "\(tensor.name)")
        }
    }

    static let refusals: [(String, @Sendable (inout GGUFBuilder) -> Void)] = [
        ("is no GGUF file", { $0.magic = Array("GGML".utf8) }), ("version 1", { $0.version = 1 }),
        ("1000000 tensors, more than", { $0.tensorCount = 1_000_000 }),
        ("9000 tensors, more than it has room", { $0.tensorCount = 9000 }),
        ("entries of metadata, more than", { $0.entryCount = .max }),
        ("unknown type 99", { $0.add("x", type: 99, bytes: []) }),
        ("truth value of 7", { $0.add("x", type: 7, bytes: [7]) }),
        (
            "elements of 'x', more than",
            { $0.add("x", type: 9, bytes: GGUFBuilder.bytes(UInt32(8)) + [UInt8](repeating: 0xFF, count: 8)) }
        ),
        (
            "unknown type 9 in",
            { $0.add("x", type: 9, bytes: GGUFBuilder.bytes(UInt32(9)) + [UInt8](repeating: 0, count: 8)) }
        ),
        ("bytes of a text, more than", { $0.add("x", type: 8, bytes: [UInt8](repeating: 0xFF, count: 8)) }),
        ("'general.architecture' twice", { $0.add("general.architecture", "llama") }),
        ("'output_norm.weight' twice", { $0.addTensor("output_norm.weight", [8], data: []) }),
        ("encoding 14", { $0.addTensor("x", [256], type: 14, data: []) }),
        ("0 dimensions", { $0.addTensor("x", [], data: []) }),
        ("5 dimensions", { $0.addTensor("x", [1, 1, 1, 1, 1], data: []) }),
        ("impossible shape", { $0.addTensor("x", [0], data: []) }),
        ("impossible shape", { $0.addTensor("x", [.max], data: []) }),
        ("lie outside", { $0.addTensor("x", [1 << 40, 1 << 40], data: []) }),
        ("lie outside", { $0.addTensor("x", [1 << 20], data: []) }),
        ("lie outside", { $0.addTensor("x", [8], data: [], offset: 32 * 1_000_000) }),
        ("lie outside", { $0.addTensor("x", [8], data: [], offset: 7) }),
        ("lie outside", { $0.addTensor("x", [8], data: [], offset: UInt64.max - 31) }),
        ("lie outside", { $0.addTensor("x", [33], type: 3, data: [UInt8](repeating: 0, count: 64)) }),
        ("alignment 3", { $0.add("general.alignment", UInt32(3)) }),
    ]

    @Test("that is wrong is refused with what is wrong", arguments: refusals.indices)
    func refusal(place: Int) {
        let (message, change) = Self.refusals[place]
        var builder = GGUFBuilder.model()
        change(&builder)
        let error = #expect(throws: ModelFileError.self) { try GGUFFile(builder.file) }
        #expect(error?.message.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test("of a model that is not known, or with a tensor too many, is refused")
    func strangers() throws {
        let other = try GGUFFile(GGUFBuilder.model(architecture: "mamba").file)
        #expect(throws: ModelFileError.self) { try GGUFModel(other) }
        var builder = GGUFBuilder.model()
        builder.addTensor("other.weight", [2], [1, 1])
        let file = try GGUFFile(builder.file)
        #expect(throws: ModelFileError.self) { try GGUFModel(file) }
    }

    private static func configuration(_ change: (inout GGUFBuilder) -> Void) throws -> ModelConfiguration {
        var builder = GGUFBuilder.model()
        change(&builder)
        return try ModelConfiguration(try GGUFModel(try GGUFFile(builder.file)))
    }

    @Test("has positions stretched as it says, all alike or as Llama 3 does it")
    func scaling() throws {
        #expect(try Self.configuration { $0.add("llama.rope.scaling.type", "none") }.rotaryStretch == 1)
        let linear = try Self.configuration {
            $0.add("llama.rope.scaling.type", "linear")
            $0.add("llama.rope.scaling.factor", Float(2))
        }
        #expect(linear.rotaryStretch == 2 && linear.rotaryScaling == nil)
        #expect(try Self.configuration { $0.add("llama.rope.scale_linear", Float(4)) }.rotaryStretch == 4)
        // Heads of four turn two pairs: the first is fast and stays, the second is slow and is stretched in full.
        let divisors = try Self.configuration {
            $0.add("llama.rope.scaling.original_context_length", UInt32(64))
            $0.addTensor("rope_freqs.weight", [2], [1, 8])
        }
        #expect(divisors.rotaryScaling?.factor == 8 && divisors.rotaryScaling?.originalContextLength == 64)
        #expect(try Self.configuration { $0.addTensor("rope_freqs.weight", [2], [1, 1]) }.rotaryScaling == nil)
    }

    static let scalings: [(String, @Sendable (inout GGUFBuilder) -> Void)] = [
        ("'yarn', which is not supported", { $0.add("llama.rope.scaling.type", "yarn") }),
        ("'longrope', which is not supported", { $0.add("llama.rope.scaling.type", "longrope") }),
        ("no number above 0", { $0.add("llama.rope.scaling.factor", Float(-2)) }),
        ("no number above 0", { $0.add("llama.rope.scaling.factor", Float.nan) }),
        ("not that of Llama 3", { $0.addTensor("rope_freqs.weight", [2], [8, 1]) }),
        ("not that of Llama 3", { $0.addTensor("rope_freqs.weight", [3], [1, 8, 8]) }),
        ("not that of Llama 3", { $0.addTensor("rope_freqs.weight", [2], [1, .infinity]) }),
        ("not that of Llama 3", { $0.addTensor("rope_freqs.weight", [2], [.nan, .nan]) }),
    ]

    @Test("that stretches positions in a way that is not computed here is refused", arguments: scalings.indices)
    func unknownScaling(place: Int) {
        let (message, change) = Self.scalings[place]
        let error = #expect(throws: ModelFileError.self) { try Self.configuration(change) }
        #expect(error?.message.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test("is read or refused, and never traps, whatever its bytes", arguments: [1, 2, 3, 4] as [UInt64])
    func mutations(seed: UInt64) {
        var builder = GGUFBuilder.model()
        builder.add("tokenizer.ggml.tokens", ["a", "b", "\u{120}c"])
        builder.add("tokenizer.ggml.token_type", [1, 1, 3])
        builder.add("llama.rope.scaling.type", "linear")
        builder.add("llama.rope.scaling.factor", Float(2))
        builder.addTensor("rope_freqs.weight", [2], [1, 1])
        let bytes = builder.bytes
        var random = SplitMix(state: seed)
        var (read, refused) = (0, 0)
        for _ in 0..<3000 {
            do {
                let model = try GGUFModel(try GGUFFile(FileBytes(random.mutate(bytes, near: 1400))))
                let configuration = try ModelConfiguration(model)
                for name in model.tensorNames { _ = try? model.read(name) }
                #expect(configuration.headCount > 0)
                read += 1
            } catch {
                #expect(!error.message.isEmpty)
                refused += 1
            }
        }
        #expect(read > 0 && refused > 0)
    }
}
