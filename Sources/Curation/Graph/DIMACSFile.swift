/// Reads graphs in the two formats of the second DIMACS challenge.
///
/// The text form has lines `c` (comment), `p edge N M` and `e U V`, with vertices from 1. The binary form begins with
/// the length of a preamble of such lines; behind it stands the lower triangle of the matrix, a row a vertex, its bits
/// from the most significant one, each row filled to whole bytes.
public enum DIMACSFile {
    /// The most vertices: the matrix of bits has 50 MB then.
    public static let vertexLimit = 20_000

    /// Reads a graph in either form.
    ///
    /// - Throws: `CurationError` naming the line that is wrong, for anything that is no such file.
    public static func parse(_ bytes: [UInt8]) throws(CurationError) -> DenseGraph {
        if let (preamble, matrix) = try binaryParts(bytes) { return try binaryGraph(preamble, matrix) }
        var graph: DenseGraph?
        try forEachLine(bytes[...]) { (number, fields) throws(CurationError) in
            switch fields.first.map(Array.init) {
            case [UInt8(ascii: "p")]:
                guard graph == nil else { throw CurationError("line \(number): a second line 'p'") }
                graph = DenseGraph(vertexCount: try vertexCount(fields, number))
            case [UInt8(ascii: "e")]:
                guard let graph else { throw CurationError("line \(number): an edge before the line 'p'") }
                guard fields.count >= 3, let first = DecimalText.value(fields[1]),
                    let second = DecimalText.value(fields[2])
                else { throw CurationError("line \(number): an edge is 'e' and two vertices") }
                let range = 1...max(1, graph.vertexCount)
                guard graph.vertexCount > 0, range.contains(first), range.contains(second) else {
                    throw CurationError("line \(number): the vertices are 1 to \(graph.vertexCount)")
                }
                graph.connect(first - 1, second - 1)
            // Comments, and the node, weight and bound lines of other problems of the challenge.
            case [UInt8(ascii: "c")], [UInt8(ascii: "n")], [UInt8(ascii: "d")], [UInt8(ascii: "v")],
                [UInt8(ascii: "x")]:
                break
            default: throw CurationError("line \(number): a line begins with 'c', 'p' or 'e'")
            }
        }
        guard let graph else { throw CurationError("no line 'p edge N M', so this is no DIMACS graph") }
        return graph
    }

    // MARK: -

    /// The preamble and the matrix of the binary form, or nil when the first line is no number.
    private static func binaryParts(
        _ bytes: [UInt8]
    ) throws(CurationError) -> (preamble: ArraySlice<UInt8>, matrix: ArraySlice<UInt8>)? {
        guard let end = bytes.prefix(32).firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let line = bytes[..<end].filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\r") }
        guard let length = DecimalText.value(line[...]) else { return nil }
        guard length <= bytes.count - end - 1 else {
            throw CurationError("the preamble has \(length) bytes, the file only \(bytes.count - end - 1)")
        }
        return (bytes[(end + 1)..<(end + 1 + length)], bytes[(end + 1 + length)...])
    }

    private static func binaryGraph(
        _ preamble: ArraySlice<UInt8>,
        _ matrix: ArraySlice<UInt8>
    ) throws(CurationError) -> DenseGraph {
        var count: Int?
        try forEachLine(preamble) { (number, fields) throws(CurationError) in
            guard fields.first.map(Array.init) == [UInt8(ascii: "p")] else { return }
            count = try vertexCount(fields, number + 1)
        }
        guard let count else { throw CurationError("the preamble has no line 'p edge N M'") }
        let needed = (0..<count).reduce(0) { $0 + ($1 + 8) / 8 }
        guard matrix.count >= needed else {
            throw CurationError("the matrix of \(count) vertices needs \(needed) bytes, and there are \(matrix.count)")
        }
        let graph = DenseGraph(vertexCount: count)
        var start = matrix.startIndex
        for vertex in 0..<count {
            for other in 0..<vertex where matrix[start + other / 8] >> UInt8(7 - other % 8) & 1 == 1 {
                graph.connect(vertex, other)
            }
            start += (vertex + 8) / 8
        }
        return graph
    }

    private static func vertexCount(_ fields: [ArraySlice<UInt8>], _ line: Int) throws(CurationError) -> Int {
        guard fields.count >= 3, let count = DecimalText.value(fields[2]) else {
            throw CurationError("line \(line): expected 'p edge N M'")
        }
        guard count <= vertexLimit else {
            throw CurationError("line \(line): \(count) vertices, more than the limit of \(vertexLimit)")
        }
        return count
    }

    private static func forEachLine(
        _ bytes: ArraySlice<UInt8>,
        _ body: (Int, [ArraySlice<UInt8>]) throws(CurationError) -> Void
    ) throws(CurationError) {
        var start = bytes.startIndex
        var number = 0
        while start < bytes.endIndex {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
            number += 1
            let fields = DecimalText.fields(bytes[start..<end])
            if !fields.isEmpty { try body(number, fields) }
            start = end + 1
        }
    }
}
