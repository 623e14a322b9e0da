import JSON
import LanguagePlugins
import Tasks
import TestSupport
import Testing

@testable import TaskGeneration

@Suite("Programs that are made up")
struct SyntheticCorpusTests {
    static let languages = SyntheticLanguage.allCases.filter { language in
        TestedLanguages.contains(language.rawValue)
            && GeneratorFixture.languages.contains { $0.manifest.name == language.rawValue && $0.isAvailable }
    }

    @Test("are the same for a seed, and a longer corpus begins with the shorter")
    func seeds() {
        let short = SyntheticCorpus(count: 20, seed: 3, languages: SyntheticLanguage.allCases)
        let long = SyntheticCorpus(count: 40, seed: 3, languages: SyntheticLanguage.allCases)
        let other = SyntheticCorpus(count: 20, seed: 4, languages: SyntheticLanguage.allCases)
        #expect((0..<20).allSatisfy { short.snippet($0) == long.snippet($0) })
        #expect((0..<20).contains { short.snippet($0) != other.snippet($0) })
        #expect(Set((0..<40).map { long.snippet($0).language }).count > 3)
    }

    @Test(
        "run and do what they are made for, those that are to fail as well", .timeLimit(.minutes(5)),
        arguments: languages)
    func executed(language: SyntheticLanguage) async throws {
        let generator = try GeneratorFixture.generator { $0.mix = [.forward: 1] }
        for (failures, isFailure) in [(0.0, false), (1.0, true)] {
            let corpus = SyntheticCorpus(count: 40, seed: 1, languages: [language], failures: failures)
            var topics: Set<String> = []
            for number in 0..<corpus.count {
                let snippet = corpus.snippet(number)
                let outcome = try await generator.tasks(of: snippet)
                let task = try #require(outcome.tasks.first, "\(outcome.drops) of \(snippet.code)")
                #expect(task.task.program == snippet.code)
                #expect(task.task.truth?.isFailure == isFailure, "\(snippet.code)")
                topics.insert(snippet.fields["topic"]?.string ?? "")
            }
            #expect(topics.count == 5)
        }
    }
}
