import Sandbox
import Tasks

extension ProgramRunner {
    /// The programs of requests, one for all requests of a program.
    ///
    /// - Throws: `PluginError` when one of the requests is none that a box can hold; then nothing is run.
    func prepared(_ requests: [RunRequest]) throws(PluginError) -> [PreparedProgram] {
        var all: [PreparedProgram] = []
        var known: [SourceProgram: PreparedProgram] = [:]
        for request in requests {
            let plugin = try registry.availablePlugin(named: request.program.language)
            let program = try Self.stitched(request, plugin)
            // Mostly it is the one before, and the same bytes in memory: hashing them again would cost more.
            if let last = all.last, last.plan.program == program {
                all.append(last)
            } else if let one = known[program] {
                all.append(one)
            } else {
                let new = PreparedProgram(try ExecutionPlan(program, plugin: plugin, scratch: scratch))
                known[program] = new
                all.append(new)
            }
        }
        return all
    }

    /// What a request comes to, by a run of its own or by an equal one of its batch.
    func outcome(of request: RunRequest, _ program: PreparedProgram, sharing runs: SharedRuns?)
        async throws(PluginError)
        -> RunOutcome
    {
        guard let runs else { return try await outcome(of: request, program) }
        var (outcome, isOwn) = try await runs.value(of: request) { () async throws(PluginError) -> RunOutcome in
            try await self.outcome(of: request, program)
        }
        if !isOwn {
            counters.count(\.shared)
            // The one that was run has cost time; this one has not.
            outcome.executionTime = .zero
            outcome.queueTime = .zero
        }
        return outcome
    }

    private func outcome(of request: RunRequest, _ program: PreparedProgram) async throws(PluginError) -> RunOutcome {
        guard let verdicts else { return try await run(request, program).outcome }
        let key = program.key(of: request, in: verdicts.scope)
        if let known = verdicts.cache.outcome(for: key) {
            counters.count(\.remembered)
            return known
        }
        let (outcome, lasts) = try await run(request, program)
        if lasts { verdicts.cache.note(outcome, for: key) }
        return outcome
    }

    /// Runs a request.
    ///
    /// - Returns: What it came to, and whether it would come to the same at another time, as far as limits can tell.
    private func run(_ request: RunRequest, _ program: PreparedProgram) async throws(PluginError)
        -> (outcome: RunOutcome, lasts: Bool)
    {
        let compilation = try await program.compilation(by: compiler)
        guard compilation.isRunnable else {
            let outcome = RunOutcome(
                compile: compilation.record, record: nil, executionTime: .zero, queueTime: compilation.queueTime)
            return (outcome, compilation.isLasting)
        }
        let command = try program.command(for: request, artifact: compilation.artifact)
        let result = try await box.run(command)
        // The artefact's descriptor goes along with every attempt.
        return withExtendedLifetime(compilation) {
            let plan = program.plan
            let record = ExecutionRecord(result, errors: plan.plugin.manifest.errors, file: plan.sourceFile)
            let outcome = RunOutcome(
                compile: compilation.record, record: record, executionTime: result.usage.wallTime,
                queueTime: compilation.queueTime + result.usage.queueTime)
            return (outcome, VerdictRules.lasts(record, limits: command.limits))
        }
    }

    /// The program of a request with its edits made and its call behind it.
    static func stitched(_ request: RunRequest, _ plugin: LanguagePlugin) throws(PluginError) -> SourceProgram {
        var program = request.program
        program.language = plugin.manifest.name
        if !request.input.edits.isEmpty {
            let text = String(decoding: program.source, as: UTF8.self)
            program.source = Array(LineEdit.apply(request.input.edits, to: text).utf8)
        }
        guard let call = request.input.call else { return program }
        guard let statement = plugin.manifest.callStatement else {
            throw PluginError(.request, "\(plugin.manifest.name) has no statement that prints the result of a call")
        }
        program.source += Array("\n\(statement.filled([.call: call]))\n".utf8)
        return program
    }
}
