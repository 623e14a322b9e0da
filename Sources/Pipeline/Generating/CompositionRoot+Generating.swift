import TaskGeneration

extension CompositionRoot {
    /// A stream that makes tasks of snippets in this sandbox.
    public func generation(_ request: GenerationRequest) throws(PipelineError) -> GenerateStream {
        // Many more snippets than slots: while some are analysed or seen again, which is done for many at once, others run.
        var options = GenerateStream.Options(concurrency: 48 * jobs)
        options.format = request.format
        options.defaultLanguage = request.defaultLanguage
        options.splits = request.splits
        options.clusters = request.clusters
        options.synthetic = request.synthetic
        return GenerateStream(
            generator: generator(request), registry: registry, settings: request.settings, options: options)
    }

    /// What makes tasks as a request says, and lets nothing of this host into them.
    func generator(_ request: GenerationRequest) -> TaskGenerator {
        var settings = request.settings
        settings.truth.hostTexts.formUnion(HostTexts.current())
        return TaskGenerator(
            runner: runner, options: settings, templates: request.templates, measure: request.measure)
    }
}
