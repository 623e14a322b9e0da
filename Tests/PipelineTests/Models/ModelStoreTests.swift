import Foundation
import JSON
import Policy
import Testing

@testable import Pipeline

@Suite("A folder of a model")
struct ModelStoreTests {
    private let scratch: ScratchFolder
    private let rows: [TaskRow]

    init() throws {
        scratch = try ScratchFolder()
        rows = try TaskRow.read(scratch.file("tasks.jsonl", TrainingFixture.tasks(12)))
    }

    @Test("is read back as it was written, and with its weights in several files")
    func shards() throws {
        let model = try ModelFixture.model(rows)
        let folder = scratch.path + "/model"
        try model.write(to: folder)
        let weights = model.parameters.withAll { Array($0) }
        #expect(try ModelStore.load(folder).parameters.withAll { Array($0) } == weights)
        // The same weights, each second tensor in another file.
        let whole = try SafetensorsFile(folder + "/model.safetensors")
        var map: JSONObject = [:]
        for part in 0..<2 {
            var writer = SafetensorsWriter()
            for (place, name) in whole.tensorNames.enumerated() where place % 2 == part {
                writer.add(name, shape: whole.shape(of: name) ?? [], try whole.read(name))
                map[name] = .string("model-\(part).safetensors")
            }
            try writer.write(to: "\(folder)/model-\(part).safetensors")
        }
        try FileManager.default.removeItem(atPath: folder + "/model.safetensors")
        let index = JSONValue.object(["weight_map": .object(map)]).serialized()
        _ = try scratch.file("model/model.safetensors.index.json", index)
        let read = try ModelStore.load(folder)
        #expect(read.parameters.withAll { Array($0) } == weights && read.configuration == model.configuration)
        try FileManager.default.removeItem(atPath: folder + "/model-1.safetensors")
        #expect(throws: PipelineError.self) { try ModelStore.load(folder) }
    }

    @Test("with a tokenizer that does not fit, or without one of its files, is refused with what is wrong")
    func refusals() throws {
        let folder = scratch.path + "/model"
        try ModelFixture.model(rows, vocabulary: 290).write(to: folder)
        try ModelFixture.model(rows, vocabulary: 310).write(to: scratch.path + "/other")
        let own = try Data(contentsOf: URL(filePath: folder + "/tokenizer.json"))
        let other = try Data(contentsOf: URL(filePath: scratch.path + "/other/tokenizer.json"))
        try other.write(to: URL(filePath: folder + "/tokenizer.json"))
        let error = #expect(throws: PipelineError.self) { try ModelStore.load(folder) }
        #expect(error?.message.contains("tokens, the model") == true, "\(error?.message ?? "")")
        try own.write(to: URL(filePath: folder + "/tokenizer.json"))
        #expect(throws: Never.self) { try ModelStore.load(folder) }
        for name in ["config.json", "tokenizer.json", "model.safetensors"] {
            let path = "\(folder)/\(name)"
            let whole = try Data(contentsOf: URL(filePath: path))
            try whole.prefix(whole.count / 2).write(to: URL(filePath: path))
            #expect(throws: PipelineError.self, "\(name)") { try ModelStore.load(folder) }
            try FileManager.default.removeItem(atPath: path)
            #expect(throws: PipelineError.self, "\(name)") { try ModelStore.load(folder) }
            try whole.write(to: URL(filePath: path))
        }
        #expect(throws: PipelineError.self) { try ModelStore.load(scratch.path + "/nothing") }
    }
}
