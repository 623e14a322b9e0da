import Glibc
import JSON

/// Speaks HTTP as bytes, so that a test can say what no well-kept client would.
struct WireClient: Sendable {
    /// An answer as it came.
    struct Answer: Sendable {
        var status: Int
        var headers: [String: String]
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
        var json: JSONValue? { try? JSONValue.parse(body) }
    }

    /// The Unix socket of the server.
    let path: String

    /// Sends a request and waits for its answer, on a thread that may be blocked.
    func ask(
        _ method: String, _ path: String, body: String? = nil, headers: [String: String] = [:]
    ) async -> Answer? {
        var fields = ["Host": "localhost", "Connection": "close"]
        if let body {
            fields["Content-Length"] = "\(body.utf8.count)"
            fields["Content-Type"] = "application/json"
        }
        fields.merge(headers) { $1 }
        let head = "\(method) \(path) HTTP/1.1\r\n" + fields.map { "\($0): \($1)\r\n" }.joined() + "\r\n"
        return await send(head + (body ?? ""))
    }

    /// Sends bytes as they are and reads until the server closes.
    func send(_ text: String) async -> Answer? {
        await Blocking.run {
            guard let socket = connect() else { return nil }
            defer { close(socket) }
            write(text, to: socket)
            return Answer(Self.readAll(socket))
        }
    }

    /// Sends bytes and reads until the server closes.
    ///
    /// - Parameter closesOutput: Whether it says that no more will come, which is what a client does that goes away.
    /// - Returns: What came, or nil when the server did not close within the time.
    func sendAll(_ bytes: [UInt8], within seconds: Int, closesOutput: Bool = true) async -> [UInt8]? {
        await Blocking.run {
            guard let socket = connect() else { return nil }
            defer { close(socket) }
            var limit = timeval(tv_sec: seconds, tv_usec: 0)
            setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
            write(bytes, to: socket)
            if closesOutput { shutdown(socket, Int32(SHUT_WR)) }
            var isOver = false
            let answer = Self.readAll(socket, isOver: &isOver)
            return isOver ? answer : nil
        }
    }

    /// Sends a request and goes away without waiting.
    func sendAndLeave(_ text: String, after microseconds: UInt32) async {
        await Blocking.run {
            guard let socket = connect() else { return }
            write(text, to: socket)
            usleep(microseconds)
            close(socket)
        }
    }

    private func write(_ text: String, to socket: Int32) { write(Array(text.utf8), to: socket) }

    private func write(_ bytes: [UInt8], to socket: Int32) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return }
            sent += count
        }
    }

    private func connect() -> Int32? {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        if result == 0 { return descriptor }
        close(descriptor)
        return nil
    }

    private static func readAll(_ socket: Int32) -> [UInt8] {
        var isOver = false
        return readAll(socket, isOver: &isOver)
    }

    private static func readAll(_ socket: Int32, isOver: inout Bool) -> [UInt8] {
        var all: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(socket, &block, block.count)
            if count <= 0 {
                // A server that closes with bytes of ours unread resets the connection.
                isOver = count == 0 || errno == ECONNRESET
                return all
            }
            all += block[..<count]
        }
    }
}

extension WireClient.Answer {
    /// Takes an answer apart; nil when it is none.
    init?(_ bytes: [UInt8]) {
        guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: [13, 10, 13, 10]) }) else { return nil }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count > 1, let status = Int(words[1]) else { return nil }
        self.status = status
        headers = [:]
        for line in lines.dropFirst() {
            let sides = line.split(separator: ":", maxSplits: 1)
            if sides.count == 2 { headers[sides[0].lowercased()] = String(sides[1].drop { $0 == " " }) }
        }
        body = Array(bytes[(end + 4)...])
        if headers["transfer-encoding"] == "chunked" { body = Self.joined(body) }
    }

    private static func joined(_ chunks: [UInt8]) -> [UInt8] {
        var body: [UInt8] = []
        var rest = chunks[...]
        while let end = rest.firstIndex(of: 13),
            let size = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16),
            size > 0, rest.count >= end - rest.startIndex + 2 + size
        {
            body += rest[(end + 2)..<(end + 2 + size)]
            rest = rest[(end + 2 + size + 2)...]
        }
        return body
    }
}
