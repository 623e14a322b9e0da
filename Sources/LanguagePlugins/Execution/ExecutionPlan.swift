import Sandbox
import Tasks

/// The commands of one program: how its manifest's placeholders become what a box is given.
struct ExecutionPlan: Sendable {
    /// What is put into the place of the program's own command.
    enum Mode: Sendable, Hashable {
        case program
        /// The harness that calls one function.
        case call
        /// The program that finds what may be changed; it reads programs on its standard input.
        case analysis
        /// The program that runs programs which it reads on its standard input.
        case rerun
    }

    let plugin: LanguagePlugin
    let program: SourceProgram
    /// The name of the program's file.
    let sourceFile: String
    private let place: Toolchain.Place
    private let scratch: ScratchPlace
    private let profile: ZygoteProfile?

    /// Plans a program.
    ///
    /// - Throws: `PluginError` when the toolchain is missing, or a file would lie outside the working folder.
    init(_ program: SourceProgram, plugin: LanguagePlugin, scratch: ScratchPlace) throws(PluginError) {
        guard let place = plugin.toolchain.place else {
            throw PluginError(.unavailable, "\(plugin.manifest.name) is not installed")
        }
        for path in program.files.keys where !Self.isInside(path) {
            throw PluginError(.request, "the file '\(path)' lies outside the working folder")
        }
        self.plugin = plugin
        self.program = program
        self.place = place
        self.scratch = scratch
        sourceFile = plugin.manifest.source.name(for: program.source)
        profile = plugin.manifest.zygote?.profile(for: program)
    }

    /// What compiling needs in its box; nil for a language that needs no compiling.
    ///
    /// The limits are the manifest's: a task's are meant for its program.
    func compilation(with aids: AidArguments = .none) -> SandboxCommand? {
        guard let phase = plugin.manifest.compile else { return nil }
        var files = files(of: phase)
        files[sourceFile] = program.source
        return command(of: phase, files: files, source: sourceFile, aids: aids)
    }

    /// What a preparation needs in its box.
    ///
    /// Nothing of the program goes into it but the source that is given, so what it leaves may serve other programs.
    func preparation(_ preparation: Preparation, source: [UInt8]?) -> SandboxCommand {
        var files: [String: [UInt8]] = [:]
        for name in preparation.phase.files { files[name] = plugin.supportFiles[name] }
        // Under the name that programs have: diagnostics name it.
        let name = plugin.manifest.source.name
        if let source { files[name] = source }
        var command = command(of: preparation.phase, files: files, source: name, aids: .none)
        if let dependencies = preparation.dependencies { command.outputFiles.append(dependencies) }
        return command
    }

    /// A compilation with aids of a source that is no program's.
    func trial(of aids: AidArguments, source: [UInt8]) -> SandboxCommand? {
        guard let phase = plugin.manifest.compile else { return nil }
        let name = plugin.manifest.source.name
        var files = [name: source]
        for name in phase.files { files[name] = plugin.supportFiles[name] }
        return command(of: phase, files: files, source: name, aids: aids)
    }

    /// Where compilations find what was prepared.
    func shown(_ store: PreparedStore) -> ShownFolder {
        ShownFolder(store.folder, as: "/prepared", scratch: scratch)
    }

    /// A text with the toolchain's places in it.
    func path(_ template: CommandTemplate) -> String {
        template.filled([.program: place.program, .toolchain: place.root])
    }

    /// What the output of a command depends on, and what was there before it.
    func key(of command: SandboxCommand, stamps: [FileStamp] = []) -> ArtifactKey {
        var files: [String: [UInt8]] = [:]
        for file in command.inputFiles {
            if case .bytes(let bytes) = file.content { files[file.path] = bytes }
        }
        return ArtifactKey(
            files: files, command: command.arguments, environment: command.environment,
            version: ([plugin.toolchain.version] + stamps.map(\.line)).joined(separator: "\n"), plugin: plugin.digest)
    }

    /// One run.
    ///
    /// - Parameter artifact: What compiling left; nil for a language that needs no compiling.
    /// - Throws: `PluginError` when an argument cannot be one, or the language has no harness.
    func run(
        _ input: ProgramInput, artifact: Artifact?, limits asked: TaskLimits?, mode: Mode,
        surroundings: Surroundings = .usual
    ) throws(PluginError) -> SandboxCommand {
        guard input.arguments.allSatisfy({ !$0.utf8.contains(0) }) else {
            throw PluginError(.request, "an argument of a program cannot hold a NUL")
        }
        let phase = plugin.manifest.run
        let limits = phase.limits.resolved(asked, needs: phase.needs)
        var values = values(memory: limits.memory)
        var files = files(of: phase)
        var command = phase.command
        if mode == .call {
            guard let harness = plugin.manifest.call else {
                throw PluginError(.request, "\(plugin.manifest.name) has no harness that calls functions")
            }
            command = harness.command
            files[harness.file] = plugin.supportFiles[harness.file]
        }
        if mode == .analysis || mode == .rerun {
            let harness = mode == .analysis ? plugin.manifest.analyser : plugin.manifest.rerunner?.harness
            guard let harness else {
                throw PluginError(.request, "\(plugin.manifest.name) has no program for that")
            }
            command = harness.command
            values[.harness] = harness.file
            files = [harness.file: plugin.supportFiles[harness.file] ?? []]
        }
        var inputFiles = Self.inputFiles(files)
        if let artifact, let output = plugin.manifest.compile?.output {
            inputFiles.removeAll { $0.path == output }
            inputFiles.append(InputFile(path: output, content: artifact.content, isExecutable: true))
        } else {
            inputFiles.removeAll { $0.path == sourceFile }
            inputFiles.append(InputFile(path: sourceFile, content: .bytes(program.source)))
        }
        var environment = environment(of: phase, values)
        if surroundings == .other {
            for index in inputFiles.indices {
                inputFiles[index].path = surroundings.folder + "/" + inputFiles[index].path
            }
            environment.merge(surroundings.environment) { $1 }
            environment.merge(plugin.manifest.secondLook.mapValues { $0.filled(values) }) { $1 }
        }
        let arguments = command.map { $0.filled(values) }
        return SandboxCommand(
            arguments: scratch.arguments(arguments + input.arguments, variables(of: phase)),
            environment: environment,
            standardInput: input.stdin,
            inputFiles: inputFiles,
            limits: limits,
            view: view,
            workingDirectory: surroundings.folder,
            zygote: zygote(arguments, environment, values))
    }

    /// The zygote that a run can be forked from: an interpreter that was started as the run would be.
    private func zygote(
        _ arguments: [String], _ environment: [String: String], _ values: [CommandTemplate.Placeholder: String]
    ) -> Zygote? {
        guard let zygote = plugin.manifest.zygote, let profile, scratch == .ownTmp else { return nil }
        var environment = environment
        for (name, value) in zygote.environment.merging(profile.environment, uniquingKeysWith: { $1 }) {
            environment[name] = value.filled(values)
        }
        return Zygote(
            name: "\(plugin.manifest.name) \(profile.name)", arguments: arguments, environment: environment,
            files: plugin.zygoteFiles)
    }

    // MARK: -

    private func command(of phase: Phase, files: [String: [UInt8]], source: String, aids: AidArguments)
        -> SandboxCommand
    {
        let limits = phase.limits.resolved(nil, needs: phase.needs)
        var values = values(memory: limits.memory)
        values[.source] = source
        values[.output] = phase.output
        let arguments = phase.command.flatMap { $0.list.map { aids[$0] } ?? [$0.filled(values)] }
        return SandboxCommand(
            arguments: scratch.arguments(arguments, variables(of: phase)),
            environment: environment(of: phase, values),
            inputFiles: Self.inputFiles(files),
            outputFiles: phase.output.map { [$0] } ?? [],
            limits: limits,
            view: aids.store?.added(to: view) ?? view)
    }

    /// What every program finds; nothing of the host's environment is passed on.
    private static let commonEnvironment = [
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
    ]

    private var view: FileSystemView {
        let values = [CommandTemplate.Placeholder.toolchain: place.root]
        var paths = plugin.manifest.mounts.map { $0.filled(values) }.filter(HostFolder.exists)
        if !ToolchainProbe.isShownAnyway(place.program) { paths.append(place.root) }
        return FileSystemView.system.adding(paths.filter { !ToolchainProbe.isShownAnyway($0) })
    }

    private func values(memory: Int) -> [CommandTemplate.Placeholder: String] {
        let megabytes = max(1, memory >> 20)
        return [
            .program: place.program, .toolchain: place.root, .source: sourceFile,
            .output: plugin.manifest.compile?.output ?? "", .harness: plugin.manifest.call?.file ?? "",
            .scratch: scratch.path, .memoryMB: String(megabytes), .heapMB: String(max(1, megabytes - megabytes / 4)),
        ]
    }

    private func environment(of phase: Phase, _ values: [CommandTemplate.Placeholder: String]) -> [String: String] {
        var environment = Self.commonEnvironment
        environment["HOME"] = scratch.path
        environment["TMPDIR"] = scratch.path
        for (name, value) in variables(of: phase) { environment[name] = value.filled(values) }
        return environment
    }

    private func variables(of phase: Phase) -> [String: CommandTemplate] {
        plugin.manifest.environment.merging(phase.environment) { $1 }
    }

    /// The files beside the program: the task's, and over them the plugin's.
    private func files(of phase: Phase) -> [String: [UInt8]] {
        var files = program.files
        for name in phase.files { files[name] = plugin.supportFiles[name] }
        return files
    }

    private static func inputFiles(_ files: [String: [UInt8]]) -> [InputFile] {
        // In order, so that equal programs give equal commands.
        files.sorted { $0.key < $1.key }.map { InputFile(path: $0.key, content: .bytes($0.value)) }
    }

    private static func isInside(_ path: String) -> Bool {
        !path.hasPrefix("/") && !path.utf8.contains(0) && path.utf8.count <= 1000
            && path.split(separator: "/", omittingEmptySubsequences: false)
                .allSatisfy { !$0.isEmpty && $0 != ".." && $0 != "." && $0.utf8.count <= 255 }
    }
}
