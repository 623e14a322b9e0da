/// The answer for one component.
struct ComponentAnswer: Sendable {
    var isMember: [Bool]
    var size: Int
    var upperBound: Int

    /// What is known before anything is tried.
    init(trivialFor graph: ConflictGraph) {
        isMember = [Bool](repeating: false, count: graph.vertexCount)
        size = 0
        upperBound = graph.vertexCount
    }

    init(_ isMember: [Bool], upperBound: Int) {
        self.isMember = isMember
        size = isMember.count { $0 }
        self.upperBound = upperBound
    }

    /// Takes the larger set, the first of equals, and the lower bound.
    mutating func join(_ other: ComponentAnswer) {
        if other.size > size { (isMember, size) = (other.isMember, other.size) }
        upperBound = min(upperBound, other.upperBound)
    }
}
