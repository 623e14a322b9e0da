import Tasks

/// The conformance run of one language.
struct ConformanceRun: Sendable {
    let plugin: LanguagePlugin
    let runner: ProgramRunner
    /// A runner that finds nothing compiled, by which the phases are timed.
    let fresh: ProgramRunner
    let witness: HostWitness
    /// How often the same program runs in a row.
    let repeats: Int

    /// Every check and every other example.
    func all() async -> LanguageConformance {
        var conformance = LanguageConformance(plugin)
        let examples: [ConformanceExample]
        do throws(PluginError) {
            examples = try ConformanceExample.all(of: plugin)
        } catch {
            conformance.rows = [ConformanceRow("examples", .failed, detail: error.description, advice: error.hint)]
            return conformance
        }
        let checks = ConformanceCheck.allCases.filter { plugin.manifest.extends != nil || !$0.isForTestsOnly }
        for check in checks { conformance.rows.append(await row(check, examples, &conformance)) }
        let used = Set(checks.map { $0.example(isCompiled: plugin.manifest.compile != nil) })
        for example in examples where !used.contains(example.stem) {
            conformance.rows.append(await row(ofVerdict: example))
        }
        return conformance
    }

    /// Some checks.
    func rows(of checks: [ConformanceCheck]) async -> [ConformanceRow] {
        var conformance = LanguageConformance(plugin)
        let examples = (try? ConformanceExample.all(of: plugin)) ?? []
        for check in checks { conformance.rows.append(await row(check, examples, &conformance)) }
        return conformance.rows
    }

    private func row(
        _ check: ConformanceCheck, _ examples: [ConformanceExample], _ conformance: inout LanguageConformance
    ) async -> ConformanceRow {
        if let reason = plugin.manifest.conformance.without[check] {
            return ConformanceRow(check.rawValue, .notApplicable, detail: reason)
        }
        var trial = ConformanceTrial(check, of: plugin, witness: witness)
        if plugin.manifest.extends != nil, check == .repeats { trial = hello(of: trial) }
        guard let example = examples.first(where: { $0.stem == trial.example }) else {
            if let base = plugin.manifest.extends {
                return ConformanceRow(check.rawValue, .notApplicable, detail: "\(base) shows it")
            }
            return ConformanceRow(
                check.rawValue, .failed, detail: "there is no such example",
                advice: "add examples/\(trial.example).\(plugin.manifest.fileExtension), a program that \(check.wish); "
                    + "or give in conformance.without a reason why there is none")
        }
        trial.file = plugin.manifest.source.name(for: example.source)
        do throws(PluginError) {
            switch check {
            case .hello:
                let report = try await run(example, [trial.input], trial.limits, by: fresh)
                conformance.compileTime = report.compile?.wallTime
                conformance.coldTime = report.runs.first?.usage.wallTime
                return judged(check.rawValue, trial, report)
            case .repeats:
                let inputs = [ProgramInput](repeating: trial.input, count: max(1, repeats))
                let report = try await run(example, inputs, trial.limits, by: runner)
                conformance.warmTime = Self.median(report.runs.map(\.usage.wallTime))
                return equal(check.rawValue, trial, report)
            default:
                var row = judged(
                    check.rawValue, trial, try await run(example, [trial.input], trial.limits, by: runner))
                if [.network, .writeOutside].contains(check), let breach = witness.breach() {
                    row.state = .failed
                    row.detail = breach
                }
                return row
            }
        } catch {
            return ConformanceRow(check.rawValue, .failed, detail: error.description, advice: error.hint)
        }
    }

    /// An example whose name is a verdict, such as `disallowed-syscall`.
    private func row(ofVerdict example: ConformanceExample) async -> ConformanceRow {
        guard let verdict = example.verdict else {
            return ConformanceRow(
                example.file, .failed, detail: "its name is neither that of a check nor a verdict",
                advice: "the verdicts are accepted, wrong-answer, runtime-error and so on; see plugins/README.md")
        }
        var trial = ConformanceTrial(.hello, of: plugin, witness: witness)
        trial.example = example.stem
        trial.file = plugin.manifest.source.name(for: example.source)
        trial.input.stdin = example.stdin
        trial.verdicts = [verdict]
        trial.stdout = example.stdout
        do throws(PluginError) {
            return judged(example.stem, trial, try await run(example, [trial.input], nil, by: runner))
        } catch {
            return ConformanceRow(example.stem, .failed, detail: error.description, advice: error.hint)
        }
    }

    private func run(
        _ example: ConformanceExample, _ inputs: [ProgramInput], _ limits: TaskLimits?, by runner: ProgramRunner
    ) async throws(PluginError) -> ProgramReport {
        let program = SourceProgram(language: plugin.manifest.name, source: example.source)
        return try await runner.run(program, inputs: inputs, limits: limits, stopAtFirstFailure: false)
    }

    /// Test programs read nothing: the one that passes is run again and again.
    private func hello(of trial: ConformanceTrial) -> ConformanceTrial {
        var trial = trial
        trial.example = ConformanceCheck.hello.rawValue
        trial.input = ProgramInput()
        trial.stdout = nil
        return trial
    }

    private static func median(_ times: [Duration]) -> Duration? {
        times.isEmpty ? nil : times.sorted()[times.count / 2]
    }
}
