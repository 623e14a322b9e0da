/// The connected components of a graph.
public struct Components: Sendable {
    /// The vertices of each, in ascending order; components in the order of their least vertex.
    public let members: [[Int32]]

    /// Finds the components.
    public init(_ graph: ConflictGraph) {
        var isSeen = [Bool](repeating: false, count: graph.vertexCount)
        var found: [[Int32]] = []
        for start in 0..<graph.vertexCount where !isSeen[start] {
            isSeen[start] = true
            var component = [Int32(start)]
            var next = 0
            while next < component.count {
                for other in graph.neighbours(of: Int(component[next])) where !isSeen[Int(other)] {
                    isSeen[Int(other)] = true
                    component.append(other)
                }
                next += 1
            }
            if component.count > 2 { component.sort() }
            found.append(component)
        }
        members = found
    }
}
