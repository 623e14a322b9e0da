import TaskGeneration

extension CompositionRoot {
    /// A stream that makes tasks of snippets in this sandbox.
    public func generation(_ request: GenerationRequest) throws(PipelineError) -> GenerateStream {
        // More snippets than slots, so that a slot never waits for one to be analysed or written.
        var options = GenerateStream.Options(concurrency: 4 * jobs)
        options.format = request.format
        options.defaultLanguage = request.defaultLanguage
        options.splits = request.splits
        return GenerateStream(
            generator: TaskGenerator(runner: runner, options: request.settings, templates: request.templates),
            registry: registry, settings: request.settings, options: options)
    }
}
