import Foundation
import JSON
import LanguagePlugins
import Tasks
import Testing

@testable import TaskGeneration

@Suite("Changes of a program", .serialized)
struct AugmentationTests {
    /// Python with a place for every kind of edit.
    private static let rich = """
        import sys

        # sums what is even
        LIMIT = 10
        START = 5
        table = {'a': 1, 'b': 2}


        def pick(values, index=1):
            total = 0
            for value in values:
                if value % 2 == 0 and value < LIMIT:
                    total += value * 3
                elif not value:
                    total -= 1
            return total + values[index] - START

        if __name__ == '__main__':
            print(pick([2, 4, 9, -7]) / 4, table['a'], int('3'), max([1, 2]))
            print(1 < START < 9)
        """

    private func analysis(_ code: String, _ language: String = "python") async throws -> ProgramAnalysis {
        let plugin = try #require(GeneratorFixture.languages.first { $0.manifest.name == language })
        return await AnalysisOffice(runner: try GeneratorFixture.runner()).analysis(of: code, plugin: plugin)
    }

    @Test("of every kind are found in Python by its own parser", .timeLimit(.minutes(5)))
    func everyKind() async throws {
        let analysis = try await analysis(Self.rich)
        let kinds = Set(analysis.sites.map(\.kind))
        for kind in EditKind.allCases { #expect(kinds.contains(kind), "\(kind)") }
        #expect(analysis.functions.map(\.name) == ["pick"])
        #expect(analysis.functions.first?.parameters.map(\.type) == ["list", nil])
        #expect(analysis.functions.first?.parameters.map(\.isOptional) == [false, true])
        #expect(analysis.readsInput == false)
    }

    @Test("leave the main guard, indices and chains as they are", .timeLimit(.minutes(5)))
    func protected() async throws {
        let analysis = try await analysis(Self.rich)
        let guardLine = try #require(Self.rich.range(of: "if __name__")).lowerBound
        let guardPlace = Self.rich.utf8.distance(from: Self.rich.utf8.startIndex, to: guardLine)
        for site in analysis.sites where site.kind == .comparison || site.kind == .negation {
            for edit in site.alternatives.joined() {
                #expect(!(guardPlace..<(guardPlace + 30)).overlaps(edit.range.lowerBound..<(edit.range.lowerBound + 1)))
            }
        }
        let chain = analysis.sites.filter { site in
            site.kind == .comparison && site.alternatives.count == 5
        }
        #expect(chain.count == 2)
        let indexed = try await self.analysis("x = [7, 8]\nprint(x[1], 9)\n")
        let starts = indexed.sites.filter { $0.kind == .digits }.compactMap {
            $0.alternatives.first?.first?.range.lowerBound
        }
        #expect(starts.sorted() == [5, 8, 23])
    }

    @Test(
        "compile again", .timeLimit(.minutes(5)),
        arguments: [EditKind.Effect.changing, .preserving])
    func compile(effect: EditKind.Effect) async throws {
        let analysis = try await analysis(Self.rich)
        var programs: [String] = []
        for site in analysis.sites where site.kind.effect == effect {
            for alternative in site.alternatives {
                let bytes = try #require(TextEdit.apply(alternative, to: Array(Self.rich.utf8)))
                programs.append(String(decoding: bytes, as: UTF8.self))
            }
        }
        let answers = try await GeneratorFixture.runner().analyse(programs, language: "python")
        for (program, answer) in zip(programs, answers) { #expect(answer?["error"] == nil, "\(program)") }
    }

    @Test("happen as often as their chance says", .timeLimit(.minutes(5)))
    func rates() async throws {
        var options = AugmentationOptions()
        for kind in EditKind.allCases where kind.effect != .corrupting { options.probabilities[kind] = 0.3 }
        let augmenter = Augmenter(analysis: try await analysis(Self.rich), options: options)
        var counts: [EditKind: Int] = [:]
        let rounds = 2000
        for index in 0..<rounds {
            let draws = Draws(seed: 1, epoch: 0, snippet: 2, index: index)
            let preserving = augmenter.choice(of: .preserving, from: draws)
            let changing = augmenter.choice(of: .changing, from: draws, beside: preserving)
            for kind in preserving.kinds + changing.kinds { counts[kind, default: 0] += 1 }
            #expect(TextEdit.apply(preserving.edits + changing.edits, to: Array(Self.rich.utf8)) != nil)
        }
        for kind in EditKind.allCases where kind.effect != .corrupting {
            let rate = Double(counts[kind] ?? 0) / Double(rounds)
            #expect((0.25...0.35).contains(rate), "\(kind): \(rate)")
        }
    }

    @Test("are off one by one", .timeLimit(.minutes(5)))
    func switches() async throws {
        var options = AugmentationOptions.none
        options.probabilities[.digits] = 1
        let augmenter = Augmenter(analysis: try await analysis(Self.rich), options: options)
        let draws = Draws(seed: 1, epoch: 0, snippet: 2, index: 0)
        #expect(augmenter.choice(of: .changing, from: draws).kinds == [.digits])
        #expect(augmenter.choice(of: .preserving, from: draws).isEmpty)
    }

    @Test("that preserve are kept only when the program does the same", .timeLimit(.minutes(5)))
    func preserving() async throws {
        let outcome = try await GeneratorFixture.tasks(Self.rich) {
            $0.mix = [.forward: 1]
            $0.tasksPerSnippet = 6
            for kind in EditKind.allCases where kind.effect == .preserving { $0.augmentation.probabilities[kind] = 0.6 }
        }
        #expect(!outcome.tasks.isEmpty)
        for generated in outcome.tasks { #expect(generated.task.truth?.stdout.hasPrefix("4.25 1 3 2\nTrue\n") == true) }
    }

    @Test(
        "make the errors that are wanted", .timeLimit(.minutes(5)),
        arguments: EditKind.allCases.filter { $0.effect == .corrupting })
    func errors(kind: EditKind) async throws {
        let code = Self.rich + "\nprint([4, 5][0], 7 // 2)\n"
        let outcome = try await GeneratorFixture.tasks(code) {
            $0.mix = [.forward: 1]
            $0.augmentation.errorShare = 1
            $0.augmentation.errorMix = [kind: 1]
        }
        let task = try #require(outcome.tasks.first)
        #expect(task.edits == [kind])
        let expected = [
            EditKind.syntaxError: "SyntaxError", .nameError: "NameError", .typeError: "TypeError",
            .indexError: "IndexError", .keyError: "KeyError", .valueError: "ValueError",
            .zeroDivision: "ZeroDivisionError",
        ]
        let type = try #require(task.task.truth?.failure?.type)
        #expect(type == expected[kind] || kind == .syntaxError && type == "IndentationError", "\(type)")
    }

    @Test("of arguments and texts keep their shape")
    func inputs() {
        var draws = Draws(seed: 4, epoch: 0, snippet: 0, index: 0)
        for _ in 0..<200 {
            let call = InputMutation.mutated(
                ProgramInput(call: "f([1, {'k': 2.5}], \"ab c\", key=None)"), draws: &draws)
            if let text = call?.call { #expect(CallText.arguments(of: text)?.count == 3) }
            let text = InputMutation.mutated(ProgramInput(stdin: Array("12 ab\nX-3\n".utf8)), draws: &draws)
            #expect(text.map { $0.stdin.count } ?? 10 == 10)
            #expect(text?.stdin[5] ?? 0x0A == 0x0A)
        }
    }

    @Test("calls that are made up name some of their arguments where a language can")
    func namedArguments() throws {
        let plugin = try #require(GeneratorFixture.languages.first { $0.manifest.name == "python" })
        let maker = ArgumentMaker(literals: ["7"], style: ArgumentMaker.Style(plugin.manifest.syntax))
        let shape = FunctionShape(
            name: "f", parameters: [.init(name: "a", type: "int"), .init(name: "b"), .init(name: "c", type: "str")])
        var draws = Draws(seed: 9, epoch: 0, snippet: 0, index: 0)
        let calls = maker.calls(of: shape, count: 200, draws: &draws)
        let named = calls.filter { $0.contains("c=") }
        #expect((30...90).contains(named.count))
        #expect(calls.allSatisfy { CallText.arguments(of: $0) != nil })
        // What stands behind a named argument is named.
        #expect(named.allSatisfy { !$0.contains("b=") || $0.contains("c=") })
        let others = ArgumentMaker(literals: [], style: ArgumentMaker.Style(ProgramSyntax()))
        #expect(others.calls(of: shape, count: 50, draws: &draws).allSatisfy { !$0.contains("=") })
    }
}
