import TaskGeneration

extension CompositionRoot {
    /// A stream that makes tasks of snippets in this sandbox.
    public func generation(_ request: GenerationRequest) throws(PipelineError) -> GenerateStream {
        // Many more snippets than slots: while some are analysed, which is done for many at once, others run.
        var options = GenerateStream.Options(concurrency: 24 * jobs)
        options.format = request.format
        options.defaultLanguage = request.defaultLanguage
        options.splits = request.splits
        options.clusters = request.clusters
        return GenerateStream(
            generator: TaskGenerator(
                runner: runner, options: request.settings, templates: request.templates, measure: request.measure),
            registry: registry, settings: request.settings, options: options)
    }
}
