import Glibc
import JSON
import Rewards
import Tasks
import TestSupport
import Testing

/// docs/rewards.md is what a user copies from, so what it shows has to be true.
@Suite("The page on rewards tells the truth")
struct RewardDocumentTests {
    private func page() throws -> String {
        let descriptor = open("\(PackageRoot.path)/docs/rewards.md", O_RDONLY)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 1 << 18)
        let count = read(descriptor, &bytes, bytes.count)
        return String(decoding: bytes[..<max(0, count)], as: UTF8.self)
    }

    private func example() throws -> String {
        let task = CodeTask(id: "", kind: .free, language: "json")
        return try #require(AnswerFormat.extract(Completion(text: try page()), for: task).code) + "\n"
    }

    @Test("its example loads")
    func exampleLoads() throws {
        let preset = try RewardPreset(JSONSource(try example(), file: "brief.json"))
        #expect(preset.componentNames == ["format", "tests", "length"])
        #expect(preset.bounds(for: .tests) == 0...1)
    }

    @Test("its mistake is reported as it says")
    func mistake() throws {
        let text = try example().split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.contains("gate") ? String($0).replacing(#"["tests""#, with: #"["test""#) : String($0)
        }.joined(separator: "\n")
        let error = try #require(throws: RewardError.self) { try RewardPreset(JSONSource(text, file: "brief.json")) }
        #expect(try page().contains("    \(error.description)\n"), "\(error.description)")
    }

    @Test(
        "it names every component, and every preset",
        arguments: RewardComponent.all.map(\.name) + RewardPreset.builtInNames)
    func names(name: String) throws {
        #expect(try page().contains("`\(name)`"))
    }
}
