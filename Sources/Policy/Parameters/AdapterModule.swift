/// A matrix of a layer that can have an adapter, by its name in files of PEFT.
public enum AdapterModule: String, Sendable, Hashable, CaseIterable {
    /// Queries.
    case query = "q_proj"
    /// Keys.
    case key = "k_proj"
    /// Values.
    case value = "v_proj"
    /// What attention gives back.
    case output = "o_proj"
    /// The gate of the feed-forward part.
    case gate = "gate_proj"
    /// What passes the gate.
    case up = "up_proj"
    /// What the feed-forward part gives back.
    case down = "down_proj"

    /// Its name within a layer.
    var path: String {
        switch self {
        case .query, .key, .value, .output: "self_attn.\(rawValue)"
        case .gate, .up, .down: "mlp.\(rawValue)"
        }
    }

    /// Rows and columns of the matrix.
    func shape(_ configuration: ModelConfiguration) -> (out: Int, in: Int) {
        switch self {
        case .query: (configuration.queryWidth, configuration.hiddenSize)
        case .key, .value: (configuration.keyValueWidth, configuration.hiddenSize)
        case .output: (configuration.hiddenSize, configuration.queryWidth)
        case .gate, .up: (configuration.feedForwardSize, configuration.hiddenSize)
        case .down: (configuration.hiddenSize, configuration.feedForwardSize)
        }
    }
}
