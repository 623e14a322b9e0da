import Testing

@Suite struct SandboxEscapeSuite {}
