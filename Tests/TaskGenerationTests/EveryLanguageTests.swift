import Foundation
import JSON
import Tasks
import TestSupport
import Testing

@testable import LanguagePlugins
@testable import TaskGeneration

/// The same program in every language (`Tests/Fixtures/programs`): it reads numbers, calls a function, prints two lines,
/// and has a place for every kind of edit that the language's rules can find.
@Suite("In every language that is installed", .serialized)
struct EveryLanguageTests {
    static let plugins = GeneratorFixture.languages.filter { plugin in
        // One language an ending: its relatives and test frameworks take the same programs in other ways.
        plugin.isAvailable && TestedLanguages.contains(plugin.manifest.name)
            && (try? GeneratorFixture.registry.get())?.plugin(ofFilesEndingIn: plugin.manifest.fileExtension)?.manifest
                .name
                == plugin.manifest.name
            && FileManager.default.fileExists(atPath: path(plugin))
    }

    private static func path(_ plugin: LanguagePlugin) -> String {
        "\(PackageRoot.path)/Tests/Fixtures/programs/program.\(plugin.manifest.fileExtension)"
    }

    private func snippet(_ plugin: LanguagePlugin) throws -> Snippet {
        Snippet(
            id: "p", language: plugin.manifest.name,
            code: try String(contentsOfFile: Self.path(plugin), encoding: .utf8),
            fields: ["inputs": ["3 4 8\n", "6 6\n", "5 1 12 2\n"]])
    }

    private func analysis(_ plugin: LanguagePlugin) async throws -> ProgramAnalysis {
        await AnalysisOffice(runner: try GeneratorFixture.runner())
            .analysis(of: try snippet(plugin).code, plugin: plugin)
    }

    /// The kinds that the rules of a language without a parser of its own can find a place for.
    private static func kinds(_ plugin: LanguagePlugin) -> Set<EditKind> {
        let operators = plugin.manifest.syntax.operators
        var kinds: Set<EditKind> = [
            .digits, .negation, .renaming, .deadCode, .layout, .comments, .syntaxError, .nameError,
        ]
        if plugin.manifest.name == "bash" { kinds.subtract([.negation, .renaming, .deadCode]) }
        if !operators.arithmetic.isEmpty { kinds.insert(.binaryOperator) }
        if !operators.boolean.isEmpty { kinds.insert(.booleanOperator) }
        if !operators.assignment.isEmpty { kinds.insert(.augmentedAssignment) }
        return kinds
    }

    @Test("every kind of edit has a place, and happens as often as its chance says", arguments: plugins)
    func rates(plugin: LanguagePlugin) async throws {
        let analysis = try await analysis(plugin)
        let code = Array(try snippet(plugin).code.utf8)
        let possible = Set(analysis.sites.map(\.kind))
        #expect(Self.kinds(plugin).isSubset(of: possible), "missing \(Self.kinds(plugin).subtracting(possible))")
        var options = AugmentationOptions()
        for kind in EditKind.allCases where kind.effect != .corrupting { options.probabilities[kind] = 0.2 }
        let augmenter = Augmenter(analysis: analysis, options: options)
        var counts: [EditKind: Int] = [:]
        for index in 0..<1500 {
            let draws = Draws(seed: 3, epoch: 1, snippet: 4, index: index)
            let preserving = augmenter.choice(of: .preserving, from: draws)
            let changing = augmenter.choice(of: .changing, from: draws, beside: preserving)
            for kind in preserving.kinds + changing.kinds { counts[kind, default: 0] += 1 }
            let edited = TextEdit.apply(preserving.edits + changing.edits, to: code)
            #expect(edited != nil && (edited != code || preserving.isEmpty && changing.isEmpty))
        }
        for kind in possible where kind.effect != .corrupting {
            let rate = Double(counts[kind] ?? 0) / 1500
            #expect((0.15...0.25).contains(rate), "\(kind): \(rate)")
        }
    }

    @Test(
        "what preserves is tried and does the same, what changes has a truth of its own", .timeLimit(.minutes(5)),
        arguments: plugins)
    func edits(plugin: LanguagePlugin) async throws {
        let snippet = try snippet(plugin)
        func outcome(_ effect: EditKind.Effect, _ chance: Double) async throws -> SnippetOutcome {
            try await GeneratorFixture.generator {
                $0.mix = [.forward: 1]
                for kind in EditKind.allCases where kind.effect == effect {
                    $0.augmentation.probabilities[kind] = chance
                }
            }.tasks(of: snippet)
        }
        let plain = try await outcome(.preserving, 0)
        let known = Dictionary(plain.tasks.map { ($0.task.stdin, $0.task.truth?.stdout) }, uniquingKeysWith: { $1 })
        #expect(plain.tasks.count == 1, "\(plain.drops)")
        let preserved = try await outcome(.preserving, 0.5)
        #expect(!preserved.tasks.isEmpty, "\(preserved.drops)")
        for generated in preserved.tasks { #expect(generated.task.truth?.stdout == known[generated.task.stdin]) }
        #expect(preserved.tasks.contains { !$0.edits.isEmpty } || preserved.counts.notPreserving > 0)
        let changed = try await outcome(.changing, 0.4)
        for generated in changed.tasks {
            #expect(generated.task.truth?.failure != nil || generated.task.truth?.stdout.isEmpty == false)
            #expect(generated.edits.allSatisfy { $0.effect == .changing })
        }
        #expect(changed.tasks.contains { !$0.edits.isEmpty } || changed.counts.undone > 0)
    }

    @Test(
        "the errors that are wanted come about", .timeLimit(.minutes(5)),
        arguments: plugins,
        [EditKind.syntaxError, .nameError, .zeroDivision, .indexError])
    func errors(plugin: LanguagePlugin, kind: EditKind) async throws {
        // Of those that compile for a second, the errors that their compilers find are enough.
        let isSlow = plugin.manifest.compile != nil && plugin.manifest.name != "go"
        let isPossible = try await analysis(plugin).sites.contains { $0.kind == kind }
        guard isPossible, !isSlow || kind == .syntaxError || kind == .nameError,
            ErrorTypes(plugin.manifest.syntax).isPossible(kind)
        else { return }
        let outcome = try await GeneratorFixture.generator {
            $0.mix = [.forward: 1]
            $0.tasksPerSnippet = 2
            $0.augmentation.errorShare = 1
            $0.augmentation.errorMix = [kind: 1]
        }.tasks(of: try snippet(plugin))
        let broken = outcome.tasks.filter { $0.edits == [kind] }
        #expect(!broken.isEmpty, "\(outcome.drops)")
        for generated in broken { #expect(generated.task.truth?.isFailure == true) }
        for generated in outcome.tasks {
            let said = (generated.task.truth?.stderr ?? "") + (generated.prompt.first?.content ?? "")
            #expect(!said.contains("compiling ended") && !said.contains("left no"))
        }
    }

    @Test(
        "every direction is taken, and printing what is shown earns nothing", .timeLimit(.minutes(5)),
        arguments: plugins)
    func directions(plugin: LanguagePlugin) async throws {
        let judge = Judge(runner: try GeneratorFixture.runner())
        for kind in PromptTemplates.kinds {
            let outcome = try await GeneratorFixture.generator {
                $0.mix = [kind: 1]
            }.tasks(of: try snippet(plugin))
            let generated = try #require(outcome.tasks.first, "\(kind): \(outcome.drops)")
            #expect(generated.task.kind == kind)
            let shown = generated.task.tests.first?.expected ?? generated.task.truth?.stdout ?? ""
            switch kind {
            case .backward:
                #expect(await verdicts(judge, generated.task, \.original).allSatisfy { $0 == .accepted })
                let cheated = await verdicts(judge, generated.task) {
                    String($0.original.prefix { $0 == " " || $0 == "\t" }) + printing(shown, plugin)
                }
                #expect(cheated.contains { $0 != .accepted }, "\(generated.task.maskedLines)")
            case .repair:
                let whole = Extraction(requiredBlocks: [], code: try snippet(plugin).code)
                #expect(await judge.judge(generated.task, whole).verdict == .accepted)
                let cheat = Extraction(requiredBlocks: [], code: printing(shown, plugin) + "\n")
                #expect(await judge.judge(generated.task, cheat).verdict != .accepted)
            case .input:
                func answer(_ text: String) async -> Verdict {
                    let extraction = Extraction(
                        blocks: [AnswerFormat.inputBlock: text],
                        requiredBlocks: AnswerFormat.requiredBlocks(for: generated.task))
                    return await judge.judge(generated.task, extraction).verdict
                }
                let call = generated.task.call.flatMap(CallText.arguments)?.joined(separator: ", ")
                #expect(await answer(call ?? generated.task.stdin ?? "") == .accepted)
                #expect(await answer(shown) != .accepted)
            default: #expect(generated.prompt.first?.content.contains("answer_stdout") == true)
            }
        }
    }

    @Test(
        "a program that reads and came with nothing to read is given texts", .timeLimit(.minutes(5)), arguments: plugins
    )
    func texts(plugin: LanguagePlugin) async throws {
        var snippet = try snippet(plugin)
        snippet.fields = [:]
        let outcome = try await GeneratorFixture.generator {
            $0.mix = [.forward: 1]
            $0.tasksPerSnippet = 4
        }.tasks(of: snippet)
        let fed = outcome.tasks.filter { $0.form == .stdin }
        #expect(Set(fed.compactMap(\.task.truth?.stdout)).count >= 2, "\(outcome.drops)")
    }

    @Test("a call is made where the manifest says how", .timeLimit(.minutes(5)), arguments: plugins)
    func calls(plugin: LanguagePlugin) async throws {
        guard plugin.manifest.callStatement != nil else { return }
        var snippet = try snippet(plugin)
        let isShell = plugin.manifest.name == "bash"
        snippet.fields = isShell ? ["calls": ["weigh 4 3", "weigh 7 2"]] : ["calls": ["weigh(4, 3)", "weigh(7, 2)"]]
        // What stands at the top level would find nothing to read; the function is what is wanted.
        let reading = [
            "numbers =", "const text", "const numbers", "local result", "my $line", "read -r", "let numbers",
        ]
        let lines = snippet.code.components(separatedBy: "\n").prefix { line in
            !reading.contains(where: line.hasPrefix)
        }
        snippet.code = lines.joined(separator: "\n") + "\n"
        for kind in [TaskKind.forward, .backward] where !(isShell && kind == .backward) {
            let outcome = try await GeneratorFixture.generator {
                $0.mix = [kind: 1]
                $0.tasksPerSnippet = 4
            }.tasks(of: snippet)
            let called = outcome.tasks.filter { $0.form == .function }
            #expect(!called.isEmpty, "\(kind): \(outcome.drops)")
            for generated in called { #expect(generated.task.call?.hasPrefix("weigh") == true) }
        }
    }

    // MARK: -

    private func verdicts(_ judge: Judge, _ task: CodeTask, _ line: (MaskedLine) -> String) async -> [Verdict] {
        var extraction = Extraction(requiredBlocks: AnswerFormat.requiredBlocks(for: task))
        for (number, masked) in task.maskedLines.enumerated() {
            extraction.blocks[AnswerFormat.maskedLineBlock(number)] = line(masked)
        }
        let judgement = await judge.judge(task, extraction)
        return [judgement.verdict] + judgement.hidden.map(\.verdict)
    }

    /// A statement that prints a text, by the one that the manifest has for the end of a test.
    private func printing(_ text: String, _ plugin: LanguagePlugin) -> String {
        let escaped = text.dropLast().replacingOccurrences(of: "\n", with: "\\n")
            .replacingOccurrences(of: "\t", with: "\\t")
        return plugin.manifest.endMarker?.filled([.marker: escaped]) ?? "exit"
    }
}
