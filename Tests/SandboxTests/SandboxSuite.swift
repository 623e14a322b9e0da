import Testing

@Suite struct SandboxSuite {}
