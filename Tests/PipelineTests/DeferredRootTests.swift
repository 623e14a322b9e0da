import JSON
import Pipeline
import Tasks
import Testing

@Suite("A sandbox that is started when it is needed", .timeLimit(.minutes(5))) struct DeferredRootTests {
    private func rollout(kind: TaskKind, completion: String) -> Rollout {
        let task = CodeTask(
            id: "t",
            kind: kind,
            language: "python",
            truth: kind == .forward ? Truth(stdout: "4\n") : nil,
            tests: kind == .tests ? [TestCase(name: "1", expected: "4\n")] : []
        )
        return Rollout(id: "r", task: task, completion: Completion(text: completion))
    }

    @Test("scores predictions without one")
    func predictions() async throws {
        let root = try DeferredRoot()
        defer { root.shutdown() }
        let pipeline = try root.pipeline(CompositionRoot.preset(named: nil, file: nil))
        let right = "```answer_stdout\n4\n```\n```answer_stderr\n```"
        #expect(try await pipeline.score(rollout(kind: .forward, completion: right)).reward == 1)
        #expect(root.runSummary == nil, "nothing was started")
    }

    @Test("starts one sandbox for all who ask at once")
    func programs() async throws {
        let root = try DeferredRoot(CompositionRoot.Options(jobs: 1))
        defer { root.shutdown() }
        let pipeline = try root.pipeline(CompositionRoot.preset(named: "tests", file: nil))
        let rewards = try await withThrowingTaskGroup(of: Double?.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try await pipeline.score(rollout(kind: .tests, completion: "```python\nprint(4)\n```")).reward
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(rewards == [1, 1, 1, 1])
        let roots = try await (root.root(), root.root())
        #expect(roots.0 === roots.1)
    }

    @Test("runs nothing any more once it is shut down")
    func shutDown() async throws {
        let root = try DeferredRoot(CompositionRoot.Options(jobs: 1))
        root.shutdown()
        let pipeline = try root.pipeline(CompositionRoot.preset(named: "tests", file: nil))
        let score = try await pipeline.score(rollout(kind: .tests, completion: "```python\nprint(4)\n```"))
        #expect(score.verdict == .internalError)
        #expect(score.reward == nil)
    }
}
