public import Tasks

extension ProgramRunner {
    /// Runs a program on each input, as a run that is judged.
    ///
    /// Paths are given as if the program had stood in `/box`.
    ///
    /// - Throws: `PluginError` as `run` does. A program that fails is an observation.
    public func observe(_ program: SourceProgram, inputs: [ProgramInput], limits: TaskLimits?)
        async throws(PluginError) -> [ProgramObservation]
    {
        let manifest = try registry.availablePlugin(named: program.language).manifest
        let file = manifest.source.name(for: program.source)
        return try await run(inputs.map { RunRequest(program: program, input: $0, limits: limits) }).map { outcome in
            var observation = ProgramObservation(
                compile: outcome.compile, usual: outcome.record.map { paths(in: $0, of: .usual, file: file) })
            if outcome.record == nil, let refusal = outcome.compile {
                let complaint = refusal.stderr + refusal.stdout
                observation.compileFailure = ErrorReport.failure(
                    in: complaint, rules: manifest.errors.compile, file: file)
            }
            return observation
        }
    }

    /// Runs a program once more on inputs on which it was observed, in other surroundings.
    ///
    /// It stands in another folder, in another time zone, at another time and with what the manifest calls
    /// `second_look`, such as another seed for hashes. Paths are given as if it had stood in `/box` again.
    ///
    /// - Returns: The observations with what was seen now beside what was seen before.
    /// - Throws: `PluginError` as `run` does.
    public func observeAgain(
        _ program: SourceProgram, seen: [(input: ProgramInput, observation: ProgramObservation)], limits: TaskLimits?
    ) async throws(PluginError) -> [ProgramObservation] {
        let file = try registry.availablePlugin(named: program.language).manifest.source.name(for: program.source)
        let outcomes = try await run(
            seen.map { RunRequest(program: program, input: $0.input, limits: limits, surroundings: .other) })
        return zip(seen, outcomes).map { seen, outcome in
            var observation = seen.observation
            observation.other = outcome.record.map { paths(in: $0, of: .other, file: file) }
            return observation
        }
    }

    private func paths(in record: ExecutionRecord, of surroundings: Surroundings, file: String) -> ExecutionRecord {
        var record = record
        let rule = VirtualPaths(surroundings, scratch: scratch, file: file)
        record.stdout = rule.applied(to: record.stdout)
        record.stderr = rule.applied(to: record.stderr)
        return record
    }
}
