import LanguagePlugins
import Tasks

extension SnippetSession {
    /// What a program does on an input, found once.
    mutating func truth(of code: String, on input: ProgramInput) async throws -> Truth {
        try await truths(of: code, on: [input])[0].get()
    }

    /// What a program does on some inputs, those not known found at once.
    mutating func truths(of code: String, on inputs: [ProgramInput]) async throws(PluginError) -> [Result<Truth, Drop>]
    {
        let unknown = inputs.filter { truths[Execution(code: code, input: $0)] == nil }
        if !unknown.isEmpty {
            let seen = try await seenAlone(code, on: unknown)
            let found = try await finder.truths(
                of: source(code), seen: zip(unknown, seen).map { (input: $0, observation: $1) })
            outcome.counts.runs += found.runs
            for (input, truth) in zip(unknown, found.truths) { truths[Execution(code: code, input: input)] = truth }
        }
        return inputs.map { truths[Execution(code: code, input: $0)] ?? .failure(Drop(.sandbox)) }
    }

    /// What a program does on some inputs of which a task tells nothing but that they are there.
    ///
    /// It is seen twice, in surroundings that differ. Where others may run beside it that is enough: the answer to such a task is compared
    /// with what the program does then.
    mutating func unshownTruths(of code: String, on inputs: [ProgramInput]) async throws(PluginError) -> [Truth?] {
        let program = source(code)
        let unknown = inputs.filter { input in
            let execution = Execution(code: code, input: input)
            return truths[execution] == nil && unshownTruths[execution] == nil
        }
        let seen = try await glances(at: code, on: unknown)
        let hopeful = zip(unknown, seen).filter { input, observation in
            looks[Execution(code: code, input: input)]?.isJoint == true && finder.hope(observation, of: program) != nil
        }
        let again = await finder.jointLooks(at: program, inputs: hopeful.map(\.0), isAgain: true)
        outcome.counts.runs += hopeful.count
        for ((input, observation), record) in zip(hopeful, again) {
            var observation = observation
            observation.other = record
            if TruthFinder.isSteady(observation) {
                unshownTruths[Execution(code: code, input: input)] = finder.hope(observation, of: program)
            }
        }
        let alone = inputs.filter { unshownTruths[Execution(code: code, input: $0)] == nil }
        for (input, truth) in zip(alone, try await truths(of: code, on: alone)) {
            unshownTruths[Execution(code: code, input: input)] = try? truth.get()
        }
        return inputs.map { unshownTruths[Execution(code: code, input: $0)] }
    }

    /// What a program does on some inputs, seen once: it decides what becomes of a program or an input, and is one of the two
    /// looks at a truth.
    mutating func glances(at code: String, on inputs: [ProgramInput]) async throws(PluginError) -> [ProgramObservation]
    {
        if looks.count > Self.rememberedLooks { looks = [:] }
        let unknown = inputs.filter { looks[Execution(code: code, input: $0)] == nil }
        if !unknown.isEmpty {
            var alone: [ProgramInput] = []
            for (input, record) in zip(unknown, await finder.jointLooks(at: source(code), inputs: unknown)) {
                guard let record else {
                    alone.append(input)
                    continue
                }
                looks[Execution(code: code, input: input)] = Look(
                    observation: ProgramObservation(usual: record), isJoint: true)
                // A clock that ticks seldom may have seen nothing.
                if isOwn(code, [input]) { ownTime = max(ownTime, record.usage.cpuTime, .milliseconds(1)) }
            }
            outcome.counts.runs += unknown.count - alone.count
            for (input, observation) in zip(alone, try await lookAlone(at: code, on: alone)) {
                looks[Execution(code: code, input: input)] = Look(observation: observation, isJoint: false)
            }
        }
        return inputs.compactMap { looks[Execution(code: code, input: $0)]?.observation }
    }

    /// What a program does on some inputs, seen in a process of its own wherever it could become a truth.
    private mutating func seenAlone(
        _ code: String, on inputs: [ProgramInput]
    ) async throws(PluginError) -> [ProgramObservation] {
        var seen = try await glances(at: code, on: inputs)
        let program = source(code)
        let joint = inputs.indices.filter { index in
            looks[Execution(code: code, input: inputs[index])]?.isJoint == true
                && finder.hope(seen[index], of: program) != nil
        }
        for (index, observation) in zip(joint, try await lookAlone(at: code, on: joint.map { inputs[$0] })) {
            let among = seen[index].usual
            looks[Execution(code: code, input: inputs[index])] = Look(observation: observation, isJoint: false)
            seen[index] = observation
            seen[index].other = among
        }
        return seen
    }

    private mutating func lookAlone(
        at code: String, on inputs: [ProgramInput]
    ) async throws(PluginError) -> [ProgramObservation] {
        guard !inputs.isEmpty else { return [] }
        let isOwn = isOwn(code, inputs)
        let limits = isOwn ? options.truth.limits : options.truth.trialLimits(after: ownTime)
        let seen = try await finder.looks(at: source(code), inputs: inputs, limits: limits)
        if isOwn { ownTime = seen.compactMap { $0.usual?.usage.cpuTime }.reduce(ownTime, max) }
        outcome.counts.runs += inputs.count
        return seen
    }

    /// Whether these are the snippet and inputs of its own, so that what it takes is its own doing.
    private func isOwn(_ code: String, _ inputs: [ProgramInput]) -> Bool {
        code == snippet.code && inputs.allSatisfy(ownInputs.contains)
    }

    private func source(_ code: String) -> SourceProgram {
        SourceProgram(language: plugin.manifest.name, source: Array(code.utf8))
    }
}
