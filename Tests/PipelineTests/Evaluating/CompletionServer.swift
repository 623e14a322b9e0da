import Foundation
import Glibc
import JSON
import Synchronization

/// A server of chat completions on this machine that always says the same.
final class CompletionServer: Sendable {
    /// Where it listens.
    let port: UInt16
    private let state: Mutex<(requests: [String], failures: Int)>
    private let reply: String

    /// What it was asked, heads and bodies.
    var requests: [String] { state.withLock { $0.requests } }

    /// Starts a server; it ends with the process.
    ///
    /// - Parameter failures: How many requests are refused before one is answered.
    init(answer: String, failures: Int) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, size) == 0 && listen(listener, 32) == 0
                    && getsockname(listener, address, &size) == 0
            }
        }
        precondition(isBound, "no port is free")
        port = UInt16(bigEndian: address.sin_port)
        state = Mutex(([], failures))
        let body: JSONObject = [
            "choices": [["message": ["role": "assistant", "content": .string(answer)]]],
            "usage": ["completion_tokens": 7],
        ]
        reply = JSONValue.object(body).serialized()
        let argument = Unmanaged.passRetained(Start(server: self, listener: listener)).toOpaque()
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
                start.server.serve(start.listener)
                return nil
            }, argument)
        pthread_detach(thread)
    }

    private func serve(_ listener: Int32) {
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { return }
            let request = Self.request(connection)
            let fails = state.withLock { state in
                state.requests.append(request)
                state.failures -= 1
                return state.failures >= 0
            }
            let text =
                fails
                ? "HTTP/1.0 503 Busy\r\n\r\n{\"error\":{\"message\":\"later\"}}"
                : "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n\(reply)"
            let bytes = Array(text.utf8)
            _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
            close(connection)
        }
    }

    /// A request: the head, and as many bytes as it says.
    private static func request(_ connection: Int32) -> String {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let count = recv(connection, &piece, piece.count, 0)
            guard count > 0 else { break }
            bytes += piece[..<count]
            let text = String(decoding: bytes, as: UTF8.self)
            guard let head = text.range(of: "\r\n\r\n"), let mark = text.range(of: "Content-Length: ") else { continue }
            let length = Int(text[mark.upperBound...].prefix { $0.isNumber }) ?? 0
            if text[head.upperBound...].utf8.count >= length { break }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

private final class Start: Sendable {
    let server: CompletionServer
    let listener: Int32

    init(server: CompletionServer, listener: Int32) {
        self.server = server
        self.listener = listener
    }
}
