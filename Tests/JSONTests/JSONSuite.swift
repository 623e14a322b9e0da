import Testing

@Suite struct JSONSuite {}
