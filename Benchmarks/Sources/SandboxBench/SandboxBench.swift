import Glibc
import Sandbox

/// Prints what a run costs: bare, in a slot, and in bubblewrap, side by side.
@main
struct SandboxBench {
    static func main() async {
        do {
            try await printTable()
        } catch {
            let message = "error: \(error)\n"
            _ = write(STDERR_FILENO, message, message.utf8.count)
            exit(1)
        }
    }

    private static func printTable() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let rounds = Int(arguments[3]), rounds > 0 else {
            throw BenchmarkError(message: "usage: sandbox-bench LAUNCHER HELLO_FOLDER ROUNDS")
        }
        let sandbox = try SandboxRunner(SandboxOptions(slots: 2, launcherPath: arguments[1]))
        defer { sandbox.shutdown() }
        let runs = 5
        print("Isolation: \(sandbox.isolation.level): \(sandbox.isolation.layers.joined(separator: " "))")
        print("Medians of \(rounds) rounds of \(runs) runs a worker; the contenders take turns in each round.\n")
        print(
            "| program | workers | bare ms | slot ms | bwrap ms | slot / bare | bwrap / slot "
                + "| bare runs/s | slot runs/s | bwrap runs/s |")
        print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
        for program in Program.all(helloFolder: arguments[2]) {
            for workers in [1, 2] {
                let measured = try await withTaskExecutorPreference(sandbox.executor) {
                    try await Measurement.interleaved(
                        program, in: sandbox, workers: workers, rounds: rounds, runs: runs)
                }
                print(row(program, workers, measured))
            }
        }
    }

    private static func row(_ program: Program, _ workers: Int, _ measured: [Contender: Measurement]) -> String {
        let latencies = Contender.allCases.map { measured[$0]?.medianLatency ?? .nan }
        let throughputs = Contender.allCases.map { measured[$0]?.medianThroughput ?? .nan }
        var cells = ["`\(program.name)`", "\(workers)"]
        cells += latencies.map { rounded($0, to: 2) }
        cells += [rounded(latencies[1] / latencies[0], to: 2), rounded(latencies[2] / latencies[1], to: 1)]
        cells += throughputs.map { rounded($0, to: 0) }
        return "| " + cells.joined(separator: " | ") + " |"
    }

    private static func rounded(_ value: Double, to digits: Int) -> String {
        guard value.isFinite else { return "-" }
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let shifted = Int((value * scale).rounded())
        guard digits > 0 else { return "\(shifted)" }
        let fraction = "\(shifted % Int(scale))"
        return "\(shifted / Int(scale))." + String(repeating: "0", count: digits - fraction.count) + fraction
    }
}
