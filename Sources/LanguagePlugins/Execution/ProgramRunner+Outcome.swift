import Sandbox
import Tasks

extension ProgramRunner {
    /// The plans of requests, one for all requests of a program.
    ///
    /// - Throws: `PluginError` when one of the requests is none that a box can hold; then nothing is run.
    func plans(of requests: [RunRequest]) throws(PluginError) -> [ExecutionPlan] {
        var plans: [ExecutionPlan] = []
        var places: [SourceProgram: Int] = [:]
        for request in requests {
            let plugin = try registry.availablePlugin(named: request.program.language)
            let program = try Self.stitched(request, plugin)
            if let place = places[program] {
                plans.append(plans[place])
            } else {
                places[program] = plans.count
                plans.append(try ExecutionPlan(program, plugin: plugin, scratch: scratch))
            }
        }
        return plans
    }

    /// What a request comes to, by a run of its own or by an equal one of its batch.
    func outcome(of request: RunRequest, _ plan: ExecutionPlan, sharing runs: SharedRuns?) async throws(PluginError)
        -> RunOutcome
    {
        guard let runs else { return try await outcome(of: request, plan) }
        var (outcome, isOwn) = try await runs.value(of: request) { () async throws(PluginError) -> RunOutcome in
            try await self.outcome(of: request, plan)
        }
        if !isOwn {
            counters.count(\.shared)
            // The one that was run has cost time; this one has not.
            outcome.executionTime = .zero
            outcome.queueTime = .zero
        }
        return outcome
    }

    private func outcome(of request: RunRequest, _ plan: ExecutionPlan) async throws(PluginError) -> RunOutcome {
        guard let verdicts else { return try await run(request, plan).outcome }
        let key = VerdictKey(request, plan.plugin, verdicts.scope)
        if let known = verdicts.cache.outcome(for: key) {
            counters.count(\.remembered)
            return known
        }
        let (outcome, lasts) = try await run(request, plan)
        if lasts { verdicts.cache.note(outcome, for: key) }
        return outcome
    }

    /// Runs a request.
    ///
    /// - Returns: What it came to, and whether it would come to the same at another time, as far as limits can tell.
    private func run(_ request: RunRequest, _ plan: ExecutionPlan) async throws(PluginError)
        -> (outcome: RunOutcome, lasts: Bool)
    {
        let compilation = try await compiler.compile(plan)
        guard compilation.isRunnable else {
            let outcome = RunOutcome(
                compile: compilation.record, record: nil, executionTime: .zero, queueTime: compilation.queueTime)
            return (outcome, compilation.isLasting)
        }
        let command = try plan.run(
            request.input, artifact: compilation.artifact, limits: request.limits, mode: request.mode,
            surroundings: request.surroundings)
        let result = try await box.run(command)
        // The artefact's descriptor goes along with every attempt.
        return withExtendedLifetime(compilation) {
            let record = ExecutionRecord(result, errors: plan.plugin.manifest.errors, file: plan.sourceFile)
            let outcome = RunOutcome(
                compile: compilation.record, record: record, executionTime: result.usage.wallTime,
                queueTime: compilation.queueTime + result.usage.queueTime)
            return (outcome, VerdictRules.lasts(record, limits: command.limits))
        }
    }

    /// The program of a request with its edits made and its call behind it.
    private static func stitched(_ request: RunRequest, _ plugin: LanguagePlugin) throws(PluginError) -> SourceProgram {
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
