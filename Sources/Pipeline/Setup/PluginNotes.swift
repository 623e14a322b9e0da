import LanguagePlugins

extension CompositionRoot {
    /// Which names more than one plugin wanted: a language that is not the one that came with Retort must be seen.
    public var pluginNotes: [String] { registry.shadowed.map(\.description) }
}

extension DeferredRoot {
    /// Which names more than one plugin wanted.
    public var pluginNotes: [String] { registry.shadowed.map(\.description) }
}
