import Foundation
import Testing

@testable import Pipeline

@Suite("A file for TensorBoard")
struct EventFileTests {
    /// The records of a file, with their checksums held against their bytes.
    private static func records(_ data: [UInt8]) throws -> [[UInt8]] {
        func little(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
        var records: [[UInt8]] = []
        var place = 0
        while place < data.count {
            let length = data[place..<(place + 8)]
            try #require(CyclicChecksum.masked(Array(length)) == UInt32(little(data[(place + 8)..<(place + 12)])))
            let end = place + 12 + Int(little(length))
            let record = Array(data[(place + 12)..<end])
            try #require(CyclicChecksum.masked(record) == UInt32(little(data[end..<(end + 4)])))
            records.append(record)
            place = end + 4
        }
        return records
    }

    @Test("holds records whose checksums are right, the format first, then a step with its numbers")
    func format() throws {
        let scratch = try ScratchFolder()
        let file = try EventFile(in: scratch.path)
        try file.append([("reward", 0.5), ("kl", -2)], step: 300)
        let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path)
        #expect(names.count == 1 && names[0].hasPrefix("events.out.tfevents."))
        let records = try Self.records(Array(Data(contentsOf: URL(filePath: "\(scratch.path)/\(names[0])"))))
        try #require(records.count == 2)
        // Wall time as a double, then the version in field 3.
        #expect(
            records[0][0] == 0x09 && records[0].dropFirst(9).elementsEqual([0x1A, 13] + Array("brain.Event:2".utf8)))
        // Step 300 as a varint in field 2, then the summary in field 5: a value has a tag and a float.
        func value(_ name: String, _ number: Float) -> [UInt8] {
            let bits = withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) }
            let value = [0x0A, UInt8(name.utf8.count)] + Array(name.utf8) + [0x15] + bits
            return [0x0A, UInt8(value.count)] + value
        }
        let summary = value("reward", 0.5) + value("kl", -2)
        #expect(records[1].dropFirst(9).elementsEqual([0x10, 0xAC, 0x02, 0x2A, UInt8(summary.count)] + summary))
    }
}
