public import Tasks

extension ProgramRunner {
    /// Runs a program on each input, and once more in other surroundings.
    ///
    /// The second run stands in another folder, in another time zone, at another time and with what the manifest calls
    /// `second_look`, such as another seed for hashes. Paths are given as if both had stood in `/box`.
    ///
    /// - Parameter twice: Whether the second run is wanted; it is left out where the first met a limit.
    /// - Throws: `PluginError` as `run` does. A program that fails is an observation.
    public func observe(_ program: SourceProgram, inputs: [ProgramInput], limits: TaskLimits?, twice: Bool)
        async throws(PluginError) -> [ProgramObservation]
    {
        let manifest = try registry.availablePlugin(named: program.language).manifest
        let file = manifest.source.name(for: program.source)
        let first = try await run(inputs.map { RunRequest(program: program, input: $0, limits: limits) })
        var observations = first.map { outcome in
            var observation = ProgramObservation(
                compile: outcome.compile, usual: outcome.record.map { paths(in: $0, of: .usual, file: file) })
            if outcome.record == nil, let refusal = outcome.compile {
                let complaint = refusal.stderr + refusal.stdout
                observation.compileFailure = ErrorReport.failure(
                    in: complaint, rules: manifest.errors.compile, file: file)
            }
            return observation
        }
        guard twice else { return observations }
        let repeated = observations.indices.filter { [.accepted, .runtimeError].contains(observations[$0].verdict) }
        let second = try await run(
            repeated.map { index in
                RunRequest(program: program, input: inputs[index], limits: limits, surroundings: .other)
            })
        for (index, outcome) in zip(repeated, second) {
            observations[index].other = outcome.record.map { paths(in: $0, of: .other, file: file) }
        }
        return observations
    }

    private func paths(in record: ExecutionRecord, of surroundings: Surroundings, file: String) -> ExecutionRecord {
        var record = record
        let rule = VirtualPaths(surroundings, scratch: scratch, file: file)
        record.stdout = rule.applied(to: record.stdout)
        record.stderr = rule.applied(to: record.stderr)
        return record
    }
}
