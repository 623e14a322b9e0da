/// Where gradients with respect to parameters go: to all of them, or to an adapter alone.
enum GradientSink {
    /// Gradients with respect to every parameter of the model.
    case full(Parameters)
    /// Gradients with respect to A and B of each adapted matrix.
    case adapter(Parameters, parameters: Parameters, AdapterConfiguration)

    /// Gradients of the model's own parameters, where they are wanted.
    var full: UnsafeMutablePointer<Float>? {
        switch self {
        case .full(let gradients): gradients.start
        case .adapter: nil
        }
    }
}
