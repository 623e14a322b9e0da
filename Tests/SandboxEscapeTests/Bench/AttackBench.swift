import Glibc
import Sandbox
import Synchronization
import TestSupport

/// Carries out attacks at one level, one at a time in the same slot, and looks afterwards at everything they could have
/// changed: the answer, the host, the next run in the slot, and a neighbour that runs all the while in a slot of its own.
actor AttackBench {
    /// The level in force.
    nonisolated let level: IsolationLevel
    /// What isolates here.
    nonisolated let isolation: IsolationReport
    private var runner: SandboxRunner
    private let neighbour: SandboxRunner
    /// What a clean slot looks like from inside, by the size of its disk: slots of different sizes are different slots.
    private var fingerprints: [Int: String] = [:]
    private let scene = AttackScene.shared

    /// How much later than its wall limit a run may be answered.
    private static let slack = Duration.seconds(2)
    /// Bytes by which memory may differ between two looks without being a leak.
    private static let memorySlack = 48 << 20

    /// Whether what can be forked from a zygote is.
    nonisolated let forks: Bool

    /// Prepares two sandboxes of one slot each.
    init(level: IsolationLevel, forks: Bool = false) throws(SandboxError) {
        self.forks = forks
        runner = try SandboxRunner(SandboxOptions(slots: 1, strongest: level, runsBeforeZygote: 0))
        neighbour = try SandboxRunner(SandboxOptions(slots: 1, strongest: level, runsBeforeZygote: 0))
        isolation = runner.isolation
        self.level = isolation.level
    }

    /// Carries out one attack; returns what is wrong, one sentence each, and nothing when the box held.
    func carryOut(_ attack: Attack) async -> [String] {
        var complaints = await prepare(disk: attack.limits.disk)
        if complaints.isEmpty { complaints = await startZygote(of: attack) }
        // In a slot that was made anew, what looks at it has a zygote to start as well.
        if complaints.isEmpty, forks { complaints = await lookAtTheNextRun(disk: attack.limits.disk) }
        if !complaints.isEmpty { return complaints }
        let before = HostState.observe(mark: scene.mark)
        let isOver = Mutex(false)
        async let bystanders = bystand { isOver.withLock { $0 } }
        let start = ContinuousClock.now
        // The result holds fetched files, so it is let go before the host is looked at.
        complaints += await answer(to: attack, since: start)
        isOver.withLock { $0 = true }
        complaints += await bystanders.map { "a neighbour was disturbed: \($0)" }
        complaints += await lookAtTheNextRun(disk: attack.limits.disk)
        complaints += await lookAtTheHost(since: before)
        return complaints
    }

    private func answer(to attack: Attack, since start: ContinuousClock.Instant) async -> [String] {
        switch await Answer.of(runner, command(of: attack), within: attack.limits.wallTime + .seconds(20)) {
        case .result(let result):
            return judge(result, of: attack, elapsed: ContinuousClock.now - start)
        case .failed(let error):
            return ["the sandbox failed instead of answering: \(error)"]
        case .none:
            replaceRunner()
            return ["no answer after \(ContinuousClock.now - start)"]
        }
    }

    // MARK: - What is run

    private func command(of attack: Attack) -> SandboxCommand {
        var files = attack.files.map { InputFile(path: $0.key, content: .bytes(Array(scene.fill($0.value).utf8))) }
        let arguments = attack.arguments.map(scene.fill)
        let start: [String]
        switch attack.program {
        case .c(let name):
            files.append(InputFile(path: "attack", content: .bytes(AttackBuild.attacks), isExecutable: true))
            start = ["./attack", name]
        case .standalone:
            files.append(InputFile(path: "attack", content: .bytes(AttackBuild.staticBomb), isExecutable: true))
            start = ["./attack"]
        case .python(let source):
            files.append(InputFile(path: "main.py", content: .bytes(Array(source.utf8))))
            start = ["/usr/bin/python3", "main.py"]
        case .bash(let source):
            files.append(InputFile(path: "main.sh", content: .bytes(Array(source.utf8))))
            start = ["/bin/bash", "main.sh"]
        case .command(let command):
            start = command.map(scene.fill)
        }
        return SandboxCommand(
            arguments: start + arguments, environment: environment, standardInput: attack.standardInput,
            inputFiles: files, outputFiles: attack.outputFiles, limits: attack.limits,
            zygote: forks ? attack.program.zygote : nil)
    }

    /// Temporary files lie in the working folder, which is there at every level.
    private var environment: [String: String] {
        let mark = scene.mark.split(separator: "=")
        return ["PATH": "/usr/bin:/bin", "TMPDIR": ".", String(mark[0]): String(mark[1])]
    }

    private func compiled(_ arguments: String...) -> SandboxCommand {
        .compiled(arguments, environment: environment, forks: forks)
    }

    // MARK: - What is looked at

    /// Takes the fingerprint of a clean slot, once a slot, and wakes the neighbour.
    private func prepare(disk: Int = ResourceLimits.standard.disk) async -> [String] {
        if AttackBuild.attacks.isEmpty || AttackBuild.staticBomb.isEmpty { return ["the attacks do not compile"] }
        if fingerprints[disk] != nil { return [] }
        let disturbances = await bystand { true }
        if !disturbances.isEmpty { return disturbances }
        switch await Answer.of(runner, fingerprint(disk: disk), within: .seconds(30)) {
        case .result(let result) where result.termination == .exited(0):
            fingerprints[disk] = comparable(result.stdout.text)
            return []
        case .result(let result):
            return ["a clean slot gives \(result.termination): \(result.stdout.text) \(result.stderr.text)"]
        case .failed(let error):
            return ["a clean slot fails: \(error)"]
        case .none:
            return ["a clean slot does not answer"]
        }
    }

    /// What the attack will be forked from stays in the slot, so it must be there before the host is looked at.
    private func startZygote(of attack: Attack) async -> [String] {
        guard forks, attack.program.zygote != nil else { return [] }
        let idle = Attack(name: "idle", program: attack.program.idle, limits: attack.limits, endings: [.contained])
        var command = command(of: idle)
        command.limits.memory = ResourceLimits.standard.memory
        guard case .failed(let error) = await Answer.of(runner, command, within: .seconds(20)) else { return [] }
        return ["its zygote fails: \(error)"]
    }

    private func fingerprint(disk: Int) -> SandboxCommand {
        var command = compiled("fingerprint")
        command.limits.disk = disk
        return command
    }

    private func judge(_ result: ExecutionResult, of attack: Attack, elapsed: Duration) -> [String] {
        let isExempt = attack.exemption?.holds(in: isolation) ?? false
        var complaints = isExempt ? [] : conduct(result, of: attack)
        for stream in [result.stdout, result.stderr] {
            if stream.text.contains(scene.secret) { complaints.append("the secret is in the output") }
            if stream.bytes.count > attack.limits.output { complaints.append("\(stream.bytes.count) bytes of output") }
        }
        for (path, file) in result.outputFiles where file.size > attack.limits.fileSize {
            complaints.append("\(path) has \(file.size) bytes")
        }
        if elapsed > attack.limits.wallTime + Self.slack { complaints.append("answered after \(elapsed)") }
        if attack.isQuick && result.usage.wallTime > .seconds(3) { complaints.append("took \(result.usage.wallTime)") }
        if forks && !result.isForked && attack.limits.processes > 1 && attack.program.zygote != nil {
            complaints.append("was executed, not forked from a zygote")
        }
        if result.isolation.level != level { complaints.append("ran at \(result.isolation.level), not \(level)") }
        return complaints
    }

    /// What the program did and how it ended.
    private func conduct(_ result: ExecutionResult, of attack: Attack) -> [String] {
        var complaints = attack.check(result)
        let endings = attack.endings(at: level)
        if !endings.contains(where: { $0.matches(result.termination) }) {
            let expected = endings.map(\.description).joined(separator: " or ")
            complaints.append("ended by \(result.termination), expected \(expected); \(excerpt(result))")
        }
        for line in result.stdout.text.split(separator: "\n") where line.contains("ESCAPED") {
            complaints.append(String(line.prefix(300)))
        }
        if let proof = attack.proof, !result.stdout.text.contains(proof) {
            complaints.append("nothing proves that it was tried: no \(proof.debugDescription); \(excerpt(result))")
        }
        return complaints
    }

    private func excerpt(_ result: ExecutionResult) -> String {
        "stdout \(result.stdout.text.prefix(300).debugDescription), stderr \(result.stderr.text.suffix(300).debugDescription)"
            + ", cpu \(result.usage.cpuTime), wall \(result.usage.wallTime), peak \(result.usage.peakMemory)"
    }

    /// The next run in the slot must find what the first one found.
    private func lookAtTheNextRun(disk: Int = ResourceLimits.standard.disk) async -> [String] {
        let fingerprint = fingerprints[disk]
        switch await Answer.of(runner, self.fingerprint(disk: disk), within: .seconds(20)) {
        case .result(let result):
            if comparable(result.stdout.text) == fingerprint && result.termination == .exited(0) { return [] }
            let known = Set((fingerprint ?? "").split(separator: "\n"))
            let found = Set(comparable(result.stdout.text).split(separator: "\n"))
            let new = found.subtracting(known).sorted().prefix(12).joined(separator: " | ")
            let gone = known.subtracting(found).sorted().prefix(12).joined(separator: " | ")
            return ["the next run (\(result.termination)) finds [\(new)] instead of [\(gone)] \(result.stderr.text)"]
        case .failed(let error):
            return ["the next run fails: \(error)"]
        case .none:
            replaceRunner()
            return ["the next run is not answered"]
        }
    }

    /// A fingerprint without what SECURITY.md names: where processes are counted by RLIMIT_NPROC, the slot's zygotes are in it.
    private func comparable(_ fingerprint: String) -> String {
        guard forks, isolation.limits["processes"] == "rlimit" else { return fingerprint }
        return fingerprint.split(separator: "\n").filter { !$0.hasPrefix("limit 6:") }.joined(separator: "\n")
    }

    /// Slots are wiped and processes reaped after the answer, so the host has a moment to come to rest.
    private func lookAtTheHost(since before: HostState) async -> [String] {
        var growth: [String] = []
        for _ in 0..<30 {
            growth = HostState.observe(mark: scene.mark).growth(since: before, slack: Self.memorySlack)
            if growth.isEmpty { return [] }
            try? await Task.sleep(for: .milliseconds(100))
        }
        return growth.map { "left on the host: \($0)" }
    }

    /// Runs a small known computation again and again until the attack is over.
    private func bystand(until isOver: @Sendable () -> Bool) async -> [String] {
        repeat {
            switch await Answer.of(neighbour, compiled("bystander"), within: .seconds(30)) {
            case .result(let result):
                guard result.termination == .exited(0), result.stdout.text == "13423361771054028929\n" else {
                    return ["\(result.termination), \(excerpt(result))"]
                }
            case .failed(let error): return ["\(error)"]
            case .none: return ["no answer"]
            }
            try? await Task.sleep(for: .milliseconds(30))
        } while !isOver()
        return []
    }

    /// A sandbox that does not answer any more would fail every attack after it.
    private func replaceRunner() {
        runner.shutdown()
        fingerprints = [:]
        if let fresh = try? SandboxRunner(SandboxOptions(slots: 1, strongest: level, runsBeforeZygote: 0)) {
            runner = fresh
        }
    }
}

extension AttackBench {
    /// Carries out two programs at once, in two slots; returns what each printed, or a complaint.
    func meet(_ first: [String], _ second: [String]) async -> [String] {
        let complaints = await prepare()
        if !complaints.isEmpty { return complaints }
        let one = SandboxCommand.compiled(first, environment: environment, forks: forks)
        let other = SandboxCommand.compiled(second, environment: environment, forks: forks)
        let near = neighbour
        let waiting = Task { await Answer.of(near, one, within: .seconds(30)) }
        try? await Task.sleep(for: .milliseconds(400))
        let answers = [await Answer.of(runner, other, within: .seconds(30)), await waiting.value]
        return answers.flatMap { answer -> [String] in
            guard case .result(let result) = answer else { return ["\(answer)"] }
            let escapes = result.stdout.text.split(separator: "\n").filter { $0.contains("ESCAPED") }.map(String.init)
            let isProven = result.stdout.text.contains("tried") && result.termination == .exited(0)
            return escapes + (isProven ? [] : ["\(result.termination), \(excerpt(result))"])
        }
    }

    /// Asks for something that the sandbox has to refuse; returns a complaint unless it does, and runs well after it.
    func refuse(_ command: SandboxCommand) async -> [String] {
        var complaints = await prepare()
        switch await Answer.of(runner, command, within: .seconds(20)) {
        case .result(let result) where !result.outputFiles.isEmpty: complaints.append("fetched a file")
        case .result(let result) where !command.inputFiles.isEmpty: complaints.append("ran: \(result.termination)")
        case .none: complaints.append("no answer")
        default: break
        }
        return complaints + (await lookAtTheNextRun())
    }
}

extension SandboxCommand {
    /// A run of a compiled attack.
    fileprivate static func compiled(
        _ arguments: [String], environment: [String: String], forks: Bool
    ) -> SandboxCommand {
        SandboxCommand(
            arguments: ["./attack"] + arguments, environment: environment,
            inputFiles: [InputFile(path: "attack", content: .bytes(AttackBuild.attacks), isExecutable: true)],
            zygote: forks ? AttackProgram.c("").zygote : nil)
    }
}
