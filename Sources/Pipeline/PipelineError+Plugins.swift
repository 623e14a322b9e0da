import LanguagePlugins

extension PipelineError {
    /// Takes an error of the plugins; a sandbox that fails while it runs is as good as none.
    init(_ error: PluginError) {
        self.init(error.kind == .sandbox ? .noSandbox : .user, error.message, hint: error.hint)
    }
}
