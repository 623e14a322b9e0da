import Foundation
import TestSupport
import Testing

@testable import Pipeline

@Suite("A ZIP archive")
struct ZipArchiveTests {
    /// A stored and a compressed member, as Python's `zipfile` writes them.
    private static let bytes = [UInt8](
        Data(
            base64Encoded: """
                UEsDBBQAAAAAAAAAIQBr/yyYKgAAACoAAAAKAAAAc3RvcmVkLnR4dGtlcHQgYXMgaXQgaXMKa2VwdCBhcyBpdCBpcwprZXB0IGFzIGl0IGlz\
                ClBLAwQUAAAACAAAACEAfDegWw0AAAAYAQAAEAAAAGZvbGRlci9tb2RlbC5iaW4rSEzOTk1RKBilUCkAUEsBAhQDFAAAAAAAAAAhAGv/LJgq\
                AAAAKgAAAAoAAAAAAAAAAAAAAIABAAAAAHN0b3JlZC50eHRQSwECFAMUAAAACAAAACEAfDegWw0AAAAYAQAAEAAAAAAAAAAAAAAAgAFSAAAA\
                Zm9sZGVyL21vZGVsLmJpblBLBQYAAAAAAgACAHYAAACNAAAAAAA=
                """) ?? Data())

    @Test("gives its members, stored and compressed, and no others")
    func members() throws {
        let archive = ZipArchive(Self.bytes)
        #expect(try archive.content(of: "stored.txt", size: 42).starts(with: Array("kept as it is\n".utf8)))
        #expect(
            try archive.content(of: "folder/model.bin", size: 280)
                == Array(String(repeating: "packed ", count: 40).utf8))
        #expect(throws: PipelineError.self) { try archive.content(of: "folder/model.bin", size: 279) }
        #expect(throws: PipelineError.self) { try archive.content(of: "model.bin", size: 280) }
        #expect(throws: PipelineError.self) { try ZipArchive([]).content(of: "stored.txt", size: 42) }
    }

    @Test(
        "never traps, and never gives another size, whatever is done to its bytes", arguments: 0..<10 as Range<UInt64>)
    func mutations(seed: UInt64) {
        var random = SplitMix(state: seed)
        var refused = 0
        for _ in 0..<1000 {
            let archive = ZipArchive(random.mutate(Self.bytes, near: Self.bytes.count))
            for (name, size) in [("stored.txt", 42), ("folder/model.bin", 280)] {
                do throws(PipelineError) {
                    #expect(try archive.content(of: name, size: size).count == size)
                } catch {
                    refused += 1
                }
            }
        }
        #expect((100..<2000).contains(refused))
    }
}
