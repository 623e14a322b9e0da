/// Lines of a stream, of which one that is too long costs no memory and does not stop the others.
struct LineStream: ~Copyable {
    private let stream: ByteStream
    private let limit: Int
    private var piece: [UInt8] = []
    private var place = 0

    init(_ stream: ByteStream, limit: Int) {
        self.stream = stream
        self.limit = limit
    }

    /// The next line without its end, nil in place of one that is too long; nothing at the end.
    mutating func next() throws(PipelineError) -> [UInt8]?? {
        var line: [UInt8] = []
        var length = 0
        while true {
            if place == piece.count {
                piece = try stream.next()
                place = 0
                if piece.isEmpty {
                    guard length > 0 else { return nil }
                    return .some(length <= limit ? line : nil)
                }
            }
            let end = piece[place...].firstIndex(of: UInt8(ascii: "\n"))
            let range = place..<(end ?? piece.count)
            length += range.count
            if length <= limit { line += piece[range] } else { line = [] }
            place = end.map { $0 + 1 } ?? piece.count
            if end != nil { return .some(length <= limit ? line : nil) }
        }
    }
}
