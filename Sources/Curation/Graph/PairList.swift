/// Reads sparse graphs as lists of pairs: a line `n m`, then one pair of vertices from 0 a line.
///
/// Lines `w VERTEX WEIGHT` may stand among the pairs; a vertex without one weighs 1.
public enum PairList {
    /// The most vertices: ten million.
    public static let vertexLimit = 10_000_000

    /// Reads a graph; the count of pairs in the first line is not relied on.
    ///
    /// - Throws: `CurationError` naming the line that is wrong.
    public static func parse(_ bytes: [UInt8]) throws(CurationError) -> ConflictGraph { try read(bytes).graph }

    /// Reads a graph and the weights of its vertices, nil where no line has one.
    ///
    /// - Throws: `CurationError` naming the line that is wrong.
    public static func read(_ bytes: [UInt8]) throws(CurationError) -> (graph: ConflictGraph, weights: [Int]?) {
        var vertexCount: Int?
        var weights: [Int]?
        var edges: [(Int32, Int32)] = []
        var start = 0
        var number = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            number += 1
            let fields = DecimalText.fields(bytes[start..<end])
            start = end + 1
            if fields.isEmpty { continue }
            if fields[0].elementsEqual([UInt8(ascii: "w")]) {
                try weigh(fields, number, vertexCount, &weights)
                continue
            }
            guard fields.count == 2, let first = DecimalText.value(fields[0]), let second = DecimalText.value(fields[1])
            else { throw CurationError("line \(number): expected two numbers") }
            guard let count = vertexCount else {
                guard first <= vertexLimit else {
                    throw CurationError("line \(number): \(first) vertices, more than the limit of \(vertexLimit)")
                }
                vertexCount = first
                continue
            }
            guard first < count, second < count else {
                throw CurationError("line \(number): the vertices are 0 to \(count - 1)")
            }
            edges.append((Int32(first), Int32(second)))
        }
        guard let vertexCount else { throw CurationError("no line 'n m', so this is no list of pairs") }
        return (ConflictGraph(vertexCount: vertexCount, edges: edges), weights)
    }

    private static func weigh(
        _ fields: [ArraySlice<UInt8>], _ number: Int, _ vertexCount: Int?, _ weights: inout [Int]?
    ) throws(CurationError) {
        guard let count = vertexCount else { throw CurationError("line \(number): a weight before the line 'n m'") }
        guard fields.count == 3, let vertex = DecimalText.value(fields[1]), let weight = DecimalText.value(fields[2])
        else { throw CurationError("line \(number): a weight is 'w', a vertex and a number") }
        guard vertex < count, (1...WeightedChoice.largest).contains(weight) else {
            throw CurationError(
                "line \(number): the vertices are 0 to \(count - 1), and weights 1 to \(WeightedChoice.largest)")
        }
        var all = weights ?? [Int](repeating: 1, count: count)
        weights = nil
        all[vertex] = weight
        weights = all
    }
}
