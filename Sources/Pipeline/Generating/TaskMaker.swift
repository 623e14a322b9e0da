public import JSON
import LanguagePlugins
public import TaskGeneration
import Tasks

/// Makes rows of tasks of one snippet after the other, as they are asked for.
public struct TaskMaker: Sendable {
    /// What one snippet came to.
    public struct Made: Sendable {
        /// The lines, as `retort generate` writes them.
        public var rows: [JSONObject] = []
        /// What became of it, for the sums.
        public var outcome: SnippetOutcome
    }

    private let generator: TaskGenerator
    private let format: RowFormat

    /// Makes a maker that runs programs in the sandbox of `root`.
    public init(_ root: CompositionRoot, _ request: GenerationRequest) {
        generator = root.generator(request)
        format = request.format
    }

    /// Makes the tasks of a snippet as it came.
    ///
    /// - Parameter place: Its place among those that were asked for together.
    /// - Throws: `PipelineError` when the sandbox fails. A snippet that is none is dropped, and counted.
    public func make(_ json: JSONValue, place: Int) async throws(PipelineError) -> Made {
        let snippet: Snippet
        do throws(TaskError) {
            snippet = try Snippet(json, defaultID: String(place))
        } catch {
            return Made(outcome: SnippetOutcome(drops: [.unreadable]))
        }
        do throws(PluginError) {
            let outcome = try await generator.tasks(of: snippet)
            return Made(
                rows: outcome.tasks.map { format.row(for: $0, split: "", place: place) }, outcome: outcome)
        } catch {
            throw PipelineError(error)
        }
    }
}

extension GenerationStatistics {
    /// The sums over what snippets came to.
    public init(_ made: [TaskMaker.Made]) {
        self.init()
        for one in made { add(one.outcome, splits: []) }
    }
}

extension GenerationRequest {
    /// Reads the settings of a request from the object that `--config` reads.
    ///
    /// - Throws: `PipelineError` with the place of what is wrong.
    public init(format: String, settings: JSONObject) throws(PipelineError) {
        try self.init(format: format)
        do throws(TaskError) {
            self.settings = try GenerationOptions(reading: JSONSource(JSONValue.object(settings).serializedBytes()))
        } catch {
            throw PipelineError(.user, error.description)
        }
    }
}
