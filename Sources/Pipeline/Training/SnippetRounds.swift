import LanguagePlugins
import TaskGeneration
import Tasks

/// Makes a task of each of some snippets, several at a time.
struct SnippetRounds: Sendable {
    /// Snippets that are under way at once; their number decides how long it takes and nothing else.
    private static let width = 128

    private let generator: TaskGenerator

    /// Makes tasks in the sandbox of `root`.
    init(_ root: CompositionRoot, _ request: GenerationRequest) { generator = root.generator(request) }

    /// The task of each snippet in its round; nil where none comes of it.
    ///
    /// - Throws: `PipelineError` when the sandbox fails.
    func rows(_ looks: [(snippet: Snippet, epoch: UInt64)]) async throws(PipelineError) -> [TaskRow?] {
        var rows = [TaskRow?](repeating: nil, count: looks.count)
        for start in stride(from: 0, to: looks.count, by: Self.width) {
            let places = start..<min(looks.count, start + Self.width)
            let failure = await withTaskGroup(of: (Int, Result<TaskRow?, PipelineError>).self) { group in
                for place in places {
                    let (snippet, epoch) = looks[place]
                    group.addTask(executorPreference: generator.executor) {
                        (place, await row(snippet, epoch: epoch))
                    }
                }
                var failure: PipelineError?
                for await (place, result) in group {
                    switch result {
                    case .success(let row): rows[place] = row
                    case .failure(let error): failure = failure ?? error
                    }
                }
                return failure
            }
            if let failure { throw failure }
        }
        return rows
    }

    private func row(_ snippet: Snippet, epoch: UInt64) async -> Result<TaskRow?, PipelineError> {
        do throws(PluginError) {
            return .success(try await generator.inRound(epoch).tasks(of: snippet).tasks.first.map { TaskRow($0) })
        } catch {
            return .failure(PipelineError(error))
        }
    }
}
