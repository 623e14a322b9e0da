import JSON

/// What a server of chat completions sent back, read from the bytes of one HTTP exchange.
struct EndpointReply: Sendable, Hashable {
    /// The largest that is read, in bytes.
    static let limit = 16 << 20

    /// What is wrong with one, for a person.
    struct Fault: Error, Hashable {
        var message: String
    }

    /// The text of the completion; empty where the server gave none.
    let text: String
    /// The tokens that the server counted, or 0.
    let tokens: Int

    /// Reads a reply.
    ///
    /// - Throws: `Fault` for what is cut off, is no JSON, says that it failed, or holds no completion.
    init(_ bytes: [UInt8]) throws(Fault) {
        guard let end = Self.end(ofHeadIn: bytes) else { throw Fault(message: "its answer is cut off") }
        let status = String(decoding: bytes.prefix { $0 != 0x0D }.prefix(200), as: UTF8.self)
        guard let json = try? JSONValue.parse(Array(bytes[end...])) else {
            throw Fault(message: "it answers '\(status)' and no JSON")
        }
        let code = status.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        let said = json["error"]?["message"]?.string ?? json["message"]?.string ?? json["detail"]?.string
        guard (200..<300).contains(code) else { throw Fault(message: said ?? "it answers '\(status)'") }
        guard let content = json["choices"]?.array?.first?["message"]?["content"] else {
            throw Fault(message: said ?? "its answer holds no completion")
        }
        text = content.string ?? ""
        tokens = max(0, json["usage"]?["completion_tokens"]?.integer.flatMap { Int(exactly: $0) } ?? 0)
    }

    private static func end(ofHeadIn bytes: [UInt8]) -> Int? {
        let mark: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
        // No server has a head that is longer.
        let head = bytes.prefix(64 << 10)
        guard head.count >= mark.count else { return nil }
        return (0...(head.count - mark.count)).first { head[$0..<($0 + mark.count)].elementsEqual(mark) }
            .map { $0 + mark.count }
    }
}
