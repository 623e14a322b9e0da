import Foundation
import JSON
import Testing

@testable import Tokenization

/// The folder that `make oracle` fills and names.
private let oracleFolder = ProcessInfo.processInfo.environment["RETORT_ORACLE"]

/// What Hugging Face's tokenizers give to random strings; `scripts/oracle/tokenizer-strings` writes it.
@Suite(
    "Random strings in Hugging Face's tokenizers",
    .enabled(if: oracleFolder != nil, "make oracle computes what this compares with"))
struct TokenizerOracleTests {
    @Test("have the ids that are found here, all 20,000")
    func strings() throws {
        let data = try Data(contentsOf: URL(filePath: "\(oracleFolder ?? "")/strings.jsonl"))
        var tokenizers: [String: Tokenizer] = [:]
        var count = 0
        for line in data.split(separator: 0x0A) {
            let row = try JSONValue.parse([UInt8](line))
            let (family, text) = (try #require(row["family"]?.string), try #require(row["text"]?.string))
            let tokenizer = try tokenizers[family] ?? TokenizerTests.tokenizer(family)
            tokenizers[family] = tokenizer
            let ids = row["ids"]?.array?.compactMap { $0.integer.map { Int32($0) } }
            #expect(tokenizer.encode(text) == ids, "\(family): \(text.debugDescription)")
            count += 1
        }
        #expect(count == 20_000)
    }
}
