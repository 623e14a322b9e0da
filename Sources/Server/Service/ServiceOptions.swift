public import Pipeline
public import Tasks

/// How a service behaves, whatever it is reached by.
public struct ServiceOptions: Sendable {
    /// Plugins, isolation and slots.
    public var root: CompositionRoot.Options
    /// The way to reward of requests that name none; nil means the usual one.
    public var presetName: String?
    /// The file of a way to reward, instead of `presetName`.
    public var rewardsFile: String?
    /// A folder of training runs to show; nil shows none.
    public var runsFolder: String?
    /// Items of all requests that may wait or be under way; a request beyond it is refused.
    public var capacity = 16_384
    /// Items of one request.
    public var itemsOfRequest = 8192
    /// Bytes of one request.
    public var bytesOfRequest = 64 << 20
    /// How long a request may wait for its first item to begin.
    public var patience: Duration = .seconds(60)
    /// The most that any run may be given, whatever a request says.
    public var most = TaskLimits(
        cpuTime: .seconds(60), wallTime: .seconds(120), memory: 4 << 30, output: 16 << 20, processes: 256)

    /// Creates options.
    public init(root: CompositionRoot.Options = CompositionRoot.Options()) {
        self.root = root
    }
}
