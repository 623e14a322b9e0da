import Glibc
import LanguagePlugins
import Sandbox

/// Prints what a program costs through the engine, warm, beside the same program on the bare host.
@main
struct EngineBench {
    static func main() async {
        do {
            try await printTables()
        } catch {
            let message = "error: \(error)\n"
            _ = write(STDERR_FILENO, message, message.utf8.count)
            exit(1)
        }
    }

    private static func printTables() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let rounds = Int(arguments[4]), rounds > 0 else {
            throw BenchmarkError(message: "usage: engine-bench LAUNCHER PLUGINS FOLDER ROUNDS")
        }
        let folder = arguments[3]
        let sandbox = try SandboxRunner(SandboxOptions(slots: 2, launcherPath: arguments[1]))
        defer { sandbox.shutdown() }
        let registry = try PluginRegistry.load(folders: [arguments[2]])
        let runner = ProgramRunner(
            registry: registry, sandbox: sandbox,
            cache: try ArtifactCache(folder: "\(folder)/artifacts"),
            store: try PreparedStore(folder: "\(folder)/prepared"))
        let idle = try await IdleMemory.measure(runner)
        print("Medians of \(rounds) rounds; bare and engine take turns. Isolation: \(sandbox.isolation.level).\n")
        print("| program | bare ms | engine ms | bare / engine | goal |\n|---|--:|--:|--:|--:|")
        for work in PythonWork.all + [CompiledWork.compileAndRun(folder), CompiledWork.twentyInputs(folder)] {
            let (bare, engine) = try await withTaskExecutorPreference(sandbox.executor) {
                try await measure(work, runner, rounds: max(3, rounds / work.weight))
            }
            print(
                "| \(work.name) | \(Figure.of(bare)) | \(Figure.of(engine)) | \(Figure.of(bare / engine)) | \(work.goal) |"
            )
        }
        try await CompilerTable(folder: folder, registry: registry, sandbox: sandbox).print(rounds: max(3, rounds / 6))
        print("\nMemory of an idle engine with 2 slots and a Python zygote in each, beyond the interpreters' own:")
        print(
            "\(idle.beyond >> 20) MiB (all \(idle.whole >> 20) MiB; a waiting interpreter alone \(idle.interpreter >> 20) MiB)"
        )
    }

    private static func measure(_ work: Work, _ runner: ProgramRunner, rounds: Int) async throws -> (Double, Double) {
        var bare: [Double] = []
        var engine: [Double] = []
        // What is made once seen twice is made in the first rounds, and zygotes start.
        for round in -6..<rounds {
            let first = ContinuousClock.now
            try work.bare(round)
            let second = ContinuousClock.now
            try await work.engine(runner, round)
            let third = ContinuousClock.now
            if round < 0 { continue }
            bare.append((second - first) / .milliseconds(1))
            engine.append((third - second) / .milliseconds(1))
        }
        return (bare.sorted()[bare.count / 2], engine.sorted()[engine.count / 2])
    }
}
