/// Tokens that stand for themselves wherever they are written, such as `<|endoftext|>`.
struct AddedTokens: Sendable {
    /// A part of a text.
    enum Part: Hashable {
        case token(Int32)
        case text([UInt8])
    }

    /// By the first byte; the longest first.
    private var tokens: [UInt8: [(spelling: [UInt8], id: Int32)]] = [:]

    /// Adds a token; one without a spelling is never found.
    mutating func add(_ spelling: [UInt8], id: Int32) {
        guard let first = spelling.first else { return }
        tokens[first, default: []].append((spelling, id))
        tokens[first]?.sort { $0.spelling.count > $1.spelling.count }
    }

    /// A text cut at the tokens in it: the leftmost first, and the longest of those that begin there.
    func parts(of bytes: [UInt8]) -> [Part] {
        if tokens.isEmpty { return bytes.isEmpty ? [] : [.text(bytes)] }
        var parts: [Part] = []
        var start = 0
        var place = 0
        while place < bytes.count {
            guard let token = tokens[bytes[place]]?.first(where: { bytes[place...].starts(with: $0.spelling) }) else {
                place += 1
                continue
            }
            if start < place { parts.append(.text(Array(bytes[start..<place]))) }
            parts.append(.token(token.id))
            place += token.spelling.count
            start = place
        }
        if start < bytes.count { parts.append(.text(Array(bytes[start...]))) }
        return parts
    }
}
