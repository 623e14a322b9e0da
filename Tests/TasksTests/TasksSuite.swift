import Testing

@Suite struct TasksSuite {}
