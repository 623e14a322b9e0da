/// A function of a program as its head tells of it.
public struct FunctionShape: Sendable, Hashable {
    /// One parameter.
    public struct Parameter: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Its type, as it is written or as its use suggests; nil when nothing tells.
        public var type: String?
        /// Whether it can be left out.
        public var isOptional: Bool

        /// Makes a parameter.
        public init(name: String, type: String? = nil, isOptional: Bool = false) {
            self.name = name
            self.type = type
            self.isOptional = isOptional
        }
    }

    /// Its name.
    public var name: String
    /// Its parameters in order.
    public var parameters: [Parameter]

    /// Makes a shape.
    public init(name: String, parameters: [Parameter]) {
        self.name = name
        self.parameters = parameters
    }
}
