import Foundation
import JSON
import TestSupport
import Testing

@testable import Policy

@Suite("A safetensors file")
struct SafetensorsTests {
    static func bytes(_ header: String, data: Int) -> [UInt8] {
        GGUFBuilder.bytes(UInt64(header.utf8.count)) + Array(header.utf8) + [UInt8](repeating: 1, count: data)
    }

    static func folder() throws -> String {
        let path = FileManager.default.temporaryDirectory.path + "/retort-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    @Test("gives back what was written, byte for byte")
    func roundTrip() throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var writer = SafetensorsWriter(metadata: [("format", "pt"), ("step", "7")])
        let values: [Float] = [1, 2, 3, -0.0, .infinity, .leastNonzeroMagnitude]
        writer.add("b", shape: [2, 3], values)
        writer.add("state", bytes: Array("{\"a\":1}".utf8))
        writer.add("empty", shape: [0, 4], [])
        try writer.write(to: folder + "/x.safetensors")
        let file = try SafetensorsFile(folder + "/x.safetensors")
        #expect(file.metadata == ["format": "pt", "step": "7"])
        #expect(file.shape(of: "b") == [2, 3] && file.shape(of: "empty") == [0, 4])
        #expect(try file.read("b").map(\.bitPattern) == values.map(\.bitPattern))
        #expect(try file.data("state") == Array("{\"a\":1}".utf8))
        #expect(try file.read("empty").isEmpty)
        #expect(throws: ModelFileError.self) { try file.read("state") }
        #expect(throws: ModelFileError.self) { try file.read("nothing") }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["x.safetensors"])
    }

    @Test("is left as it was when another cannot be written in its place")
    func failure() throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/x"
        try WholeFile.write(path, [1, 2, 3])
        #expect(throws: ModelFileError.self) {
            try WholeFile.write(path) { write throws(ModelFileError) in
                let half: [UInt8] = [9]
                half.withUnsafeBytes { try? write($0) }
                throw ModelFileError("the disk is full")
            }
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == Data([1, 2, 3]))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["x"])
        // A device that is always full.
        #expect(throws: ModelFileError.self) { try WholeFile.write("/dev/full/x", [1]) }
    }

    static let refusals: [(String, String, Int)] = [
        ("no header that can be read", "{", 0), ("no header that can be read", "[]", 0),
        ("F31", #"{"a":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}"#, 4),
        ("shape", #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4),
        ("too large", #"{"a":{"dtype":"F32","shape":[4611686018427387904,8],"data_offsets":[0,4]}}"#, 4),
        ("data_offsets", #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,400]}}"#, 4),
        ("data_offsets", #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4),
        ("data_offsets", #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4),
        ("bytes behind", #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 5),
        ("bytes before", #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8),
        (
            "bytes before",
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
            4
        ),
        ("string", #"{"__metadata__":{"a":1}}"#, 0),
    ]

    @Test("that is wrong is refused with what is wrong", arguments: refusals)
    func refusal(message: String, header: String, data: Int) {
        let error = #expect(throws: ModelFileError.self) {
            try SafetensorsFile(FileBytes(Self.bytes(header, data: data)))
        }
        let text = error?.description ?? ""
        #expect(text.contains(message) || message == "F31" && text.contains("unknown type"), "\(text)")
    }

    @Test("that claims more than it has is refused before anything is made room for")
    func lengths() {
        for bytes in [
            [], [1, 2, 3], GGUFBuilder.bytes(UInt64.max), GGUFBuilder.bytes(UInt64(1 << 40)) + [0x7B, 0x7D],
        ] {
            #expect(throws: ModelFileError.self) { try SafetensorsFile(FileBytes(bytes)) }
        }
    }

    @Test("is read or refused, and never traps, whatever its bytes", arguments: [1, 2, 3, 4] as [UInt64])
    func mutations(seed: UInt64) {
        let header =
            #"{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"b":{"dtype":"BF16","shape":[3],"data_offsets":[16,22]}}"#
        let bytes = Self.bytes(header, data: 22)
        var random = SplitMix(state: seed)
        var (read, refused) = (0, 0)
        for _ in 0..<3000 {
            do {
                let file = try SafetensorsFile(FileBytes(random.mutate(bytes, near: 160)))
                for name in file.tensorNames { _ = try? file.read(name) }
                read += 1
            } catch {
                #expect(!error.message.isEmpty)
                refused += 1
            }
        }
        #expect(read > 0 && refused > 0)
    }
}
