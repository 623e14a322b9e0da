import Testing

@Suite struct LanguagePluginsSuite {}
