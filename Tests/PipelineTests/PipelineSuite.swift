import Testing

@Suite struct PipelineSuite {}
