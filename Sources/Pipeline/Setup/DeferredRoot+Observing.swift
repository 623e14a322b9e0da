public import LanguagePlugins
public import Sandbox

extension DeferredRoot {
    /// Whether the sandbox was started.
    public var isStarted: Bool { startedRoot != nil }

    /// What isolates runs; nil before the sandbox was started.
    public var isolation: IsolationReport? { startedRoot?.sandbox.isolation }

    /// What has been run so far.
    public var statistics: RunnerStatistics { startedRoot?.runner.statistics ?? RunnerStatistics() }
}
