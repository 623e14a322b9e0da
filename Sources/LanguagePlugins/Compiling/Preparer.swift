import Sandbox
import Synchronization

/// Finds what makes a compilation faster, and makes it once it has been missed twice.
///
/// Theory of operation. A thing is made by a run of its own, in a box that holds nothing of any program; what the run
/// leaves goes into the store, and the store is shown, read-only, to the boxes of compilations. So a program can spoil
/// nothing that another one's compilation reads. Who misses a thing for the second time has it made, and waits for it or,
/// where there is other work, goes without as all do who miss it meanwhile.
final class Preparer: Sendable {
    private let box: FairBox
    private let store: PreparedStore?
    private let waits: Bool
    /// What is being made.
    private let underWay = Mutex<Set<ArtifactKey>>([])
    /// What is being made while nobody waits.
    private let aside = Mutex<[ArtifactKey: Task<Void, Never>]>([:])

    /// - Parameter waits: Whether a compilation waits for what it has made.
    init(box: FairBox, store: PreparedStore?, waits: Bool) {
        self.box = box
        self.store = store
        self.waits = waits
    }

    /// Waits for all that is being made aside.
    func settle() async {
        for task in aside.withLock({ Array($0.values) }) { await task.value }
    }

    /// The arguments that make a compilation faster.
    func aids(for plan: ExecutionPlan) async -> AidArguments {
        let manifest = plan.plugin.manifest.aids
        var aids = AidArguments()
        if let linker = manifest.linkers.first(where: { HostFolder.isExecutable($0.program) }) {
            aids.lists[.linker] = linker.arguments
        }
        guard let store, manifest.prefix != nil || manifest.warmup != nil else { return aids }
        // Even with nothing in it, so that all compilations of a language share their slots.
        aids.store = plan.shown(store)
        if let warmup = manifest.warmup { await add(warmup, as: .warmup, source: nil, plan, store, &aids) }
        if let prefix = manifest.prefix,
            let includes = LeadingIncludes(of: plan.program.source, known: prefix.headers)
        {
            await add(prefix.preparation, as: .prefix, source: includes.text, plan, store, &aids)
            aids.movesIncludes = aids.lists[.prefix] != nil && !includes.areFirstLines
        }
        return aids
    }

    // MARK: -

    private func add(
        _ preparation: Preparation, as list: CommandTemplate.Placeholder, source: [UInt8]?, _ plan: ExecutionPlan,
        _ store: PreparedStore, _ aids: inout AidArguments
    ) async {
        let command = plan.preparation(preparation, source: source)
        let stamps = preparation.stamps.map { FileStamp(of: plan.path($0)) }
        let key = plan.key(of: command, stamps: stamps)
        let place = plan.shown(store)
        @Sendable func arguments(_ folder: String) -> [String] {
            let shown = place.shown(folder)
            return preparation.arguments.map { $0.filled([.prepared: shown]) }
        }
        if let folder = await store.find(key) {
            aids.lists[list] = arguments(folder)
            return
        }
        guard store.isDue(key), underWay.withLock({ $0.insert(key).inserted }) else { return }
        let before = aids
        let work = { @Sendable [self] () async -> AidArguments? in
            defer { underWay.withLock { _ = $0.remove(key) } }
            guard let folder = await make(key, command, preparation, stamps, store) else { return nil }
            var made = before
            made.lists[list] = arguments(folder)
            if await serves(made, source: source ?? [], plan) { return made }
            store.refuse(key)
            store.drop(key)
            return nil
        }
        if waits {
            if let made = await work() { aids = made }
            return
        }
        aside.withLock { aside in
            aside[key] = Task {
                _ = await work()
                self.aside.withLock { $0[key] = nil }
            }
        }
    }

    /// Whether a compilation of nothing makes use of what was just made.
    ///
    /// It is tried here, once, and never concluded from how a program's compilation went: a program could feign that,
    /// to take away from others what serves them.
    private func serves(_ aids: AidArguments, source: [UInt8], _ plan: ExecutionPlan) async -> Bool {
        guard let trial = plan.trial(of: aids, source: source), let result = try? await box.run(trial) else {
            return false
        }
        guard case .exited = result.termination else { return false }
        return !DoubtfulOutput.mentionsStore(result, aids)
    }

    private func make(
        _ key: ArtifactKey, _ command: SandboxCommand, _ preparation: Preparation, _ stamps: [FileStamp],
        _ store: PreparedStore
    ) async -> String? {
        // A sandbox that fails, or a run that was stopped, may have had bad luck; the next one tries again.
        guard let result = try? await box.run(command), case .exited(let code) = result.termination else {
            return nil
        }
        // A warning would be printed for the making, and missing from every compilation.
        guard code == 0, result.stderr.bytes.isEmpty, let name = preparation.phase.output,
            let file = result.outputFiles[name]
        else {
            store.refuse(key)
            return nil
        }
        var stamps = stamps
        if let rule = preparation.dependencies {
            guard let rule = result.outputFiles[rule], rule.size <= DependencyRule.limit,
                let paths = DependencyRule.paths(in: rule.bytes())
            else {
                store.refuse(key)
                return nil
            }
            stamps += paths.map { FileStamp(of: $0) }
        }
        return await store.keep(file, named: name, stamps: stamps, for: key)
    }
}
