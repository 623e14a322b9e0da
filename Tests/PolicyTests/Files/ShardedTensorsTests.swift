import Foundation
import JSON
import TestSupport
import Testing

@testable import Policy

@Suite("Weights in several files")
struct ShardedTensorsTests {
    /// Writes two files and gives the index of them.
    private static func write(to folder: String) throws -> String {
        var map: [String] = []
        for (number, names) in [["a", "b"], ["c"]].enumerated() {
            var writer = SafetensorsWriter()
            for name in names {
                writer.add(name, shape: [2], [Float(number), 1])
                map.append("\"\(name)\":\"model-\(number).safetensors\"")
            }
            try writer.write(to: "\(folder)/model-\(number).safetensors")
        }
        return "{\"metadata\":{\"total_size\":24},\"weight_map\":{\(map.joined(separator: ","))}}"
    }

    @Test("are read as if they lay in one")
    func reading() throws {
        let folder = try SafetensorsTests.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let tensors = try ShardedTensors(JSONSource(try Self.write(to: folder)), folder: folder)
        #expect(tensors.tensorNames == ["a", "b", "c"] && tensors.shape(of: "b") == [2])
        #expect(try tensors.read("b") == [0, 1] && tensors.read("c") == [1, 1])
        #expect(tensors.shape(of: "d") == nil)
        #expect(throws: ModelFileError.self) { try tensors.read("d") }
    }

    @Test(
        "whose index is wrong are refused with what is wrong",
        arguments: [
            ("model-1", "model-0", "no tensor 'c'"), ("model-0", "model-1", "no tensor 'a'"),
            ("model-1", "../model-1", "no file beside the index"), ("model-1", "/etc/model-1", "no file beside"),
            ("model-1.safetensors", "model-1.bin", "no file beside"), ("model-1", "model-2", "cannot be read"),
            ("\"c\":\"model-1.safetensors\"", "\"c\":1", "string"), ("weight_map", "weights", "weight_map"),
            (",\"c\":\"model-1.safetensors\"", ",\"d\":\"model-1.safetensors\"", "elsewhere"),
        ])
    func refusal(old: String, new: String, message: String) throws {
        let folder = try SafetensorsTests.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let index = try Self.write(to: folder).replacingOccurrences(of: old, with: new)
        let error = #expect(throws: ModelFileError.self) { try ShardedTensors(JSONSource(index), folder: folder) }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test("are read or refused, and never trap, whatever the index holds", arguments: [1, 2] as [UInt64])
    func mutations(seed: UInt64) throws {
        let folder = try SafetensorsTests.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let bytes = Array(try Self.write(to: folder).utf8)
        var random = SplitMix(state: seed)
        var (read, refused) = (0, 0)
        for _ in 0..<500 {
            do {
                let tensors = try ShardedTensors(
                    JSONSource(random.mutate(bytes, near: bytes.count)), folder: folder)
                for name in tensors.tensorNames { _ = try? tensors.read(name) }
                read += 1
            } catch {
                #expect(!error.message.isEmpty)
                refused += 1
            }
        }
        #expect(read > 0 && refused > 0)
    }
}
