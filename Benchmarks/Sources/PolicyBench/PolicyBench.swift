import Glibc
import Policy

/// Measures the policy on a model of SmolLM2-135M's shape; its numbers are random, which no time depends on.
///
///     policy-bench WORK [THREADS]     prints lines of name, value and unit, with tabs between
@main enum PolicyBench {
    static func main() throws {
        let arguments = CommandLine.arguments
        let works = Work.allCases.map(\.rawValue).joined(separator: ", ")
        guard arguments.count >= 2, let work = Work(rawValue: arguments[1]) else {
            print("usage: policy-bench WORK [THREADS], where WORK is one of \(works)")
            exit(64)
        }
        if work == .products { return ProductBench().run() }
        let bench = try Bench(adapter: work == .lora, threads: arguments.count > 2 ? Int(arguments[2]) : nil)
        switch work {
        case .decode: try bench.decode()
        case .prefill: try bench.prefill()
        case .train: try bench.train()
        case .full, .lora: try bench.step()
        case .products: break
        }
    }

    /// What can be measured; each in a process of its own, so that its memory is its own.
    enum Work: String, CaseIterable {
        case decode, prefill, train, full, lora, products
    }
}
