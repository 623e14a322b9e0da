import LanguagePlugins

extension CompositionRoot {
    /// Which plugins are left out, and which names more than one wanted: a language that is not the one that came with
    /// Retort must be seen.
    public var pluginNotes: [String] { registry.notes }
}

extension DeferredRoot {
    /// Which plugins are left out, and which names more than one wanted.
    public var pluginNotes: [String] { registry.notes }
}
