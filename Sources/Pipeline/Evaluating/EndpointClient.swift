import Glibc
import JSON

/// One connection after another to a server of chat completions, on a thread of its own, for sockets block.
actor EndpointClient {
    /// How long an answer may take, however slowly its bytes come.
    private static let patience = Duration.seconds(600)

    private let address: EndpointAddress
    private let token: String?
    private let executor = ThreadExecutor(name: "endpoint")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ address: EndpointAddress, token: String?) {
        self.address = address
        self.token = token
    }

    /// Asks for a completion; what fails on the way is tried three times.
    ///
    /// - Throws: `PipelineError` when the server cannot be reached or refuses.
    func answer(_ body: JSONObject) throws(PipelineError) -> (text: String, tokens: Int) {
        var attempt = 1
        while true {
            do throws(PipelineError) {
                let reply = try exchange(JSONValue.object(body).serializedBytes())
                return (reply.text, reply.tokens)
            } catch {
                attempt += 1
                if attempt > 3 { throw error }
                sleep(1)
            }
        }
    }

    private func error(_ message: String) -> PipelineError {
        PipelineError(.user, "the server at \(address.host):\(address.port): \(message)")
    }

    // MARK: - HTTP

    private func exchange(_ body: [UInt8]) throws(PipelineError) -> EndpointReply {
        let descriptor = try connected()
        defer { close(descriptor) }
        var head = "POST \(address.path) HTTP/1.0\r\nHost: \(address.host):\(address.port)\r\n"
        head += "Content-Type: application/json\r\nContent-Length: \(body.count)\r\nConnection: close\r\n"
        if let token { head += "Authorization: Bearer \(token)\r\n" }
        try send(Array((head + "\r\n").utf8) + body, descriptor)
        let bytes = try receive(descriptor)
        do throws(EndpointReply.Fault) { return try EndpointReply(bytes) } catch { throw self.error(error.message) }
    }

    private func connected() throws(PipelineError) -> Int32 {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(address.host, address.port, &hints, &found)
        guard code == 0, let first = found else { throw error(String(cString: gai_strerror(code))) }
        defer { freeaddrinfo(first) }
        var next: UnsafeMutablePointer<addrinfo>? = first
        var reason = "no address"
        while let candidate = next {
            let info = candidate.pointee
            let descriptor = socket(info.ai_family, info.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), info.ai_protocol)
            if descriptor >= 0 {
                var time = timeval(tv_sec: Int(Self.patience.components.seconds), tv_usec: 0)
                let size = socklen_t(MemoryLayout<timeval>.size)
                setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, size)
                setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, size)
                if connect(descriptor, info.ai_addr, info.ai_addrlen) == 0 { return descriptor }
                reason = SystemFailure.text()
                close(descriptor)
            }
            next = info.ai_next
        }
        throw error("it cannot be reached: \(reason)")
    }

    private func send(_ bytes: [UInt8], _ descriptor: Int32) throws(PipelineError) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.send(descriptor, buffer.baseAddress.map { $0 + sent }, buffer.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw error("it does not take the request: \(SystemFailure.text())") }
            sent += count
        }
    }

    private func receive(_ descriptor: Int32) throws(PipelineError) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        let start = ContinuousClock.now
        while true {
            guard ContinuousClock.now - start < Self.patience else { throw error("its answer takes too long") }
            let count = recv(descriptor, &piece, piece.count, 0)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw error("it does not answer: \(SystemFailure.text())") }
            if count == 0 { return bytes }
            bytes += piece[..<count]
            guard bytes.count <= EndpointReply.limit else {
                throw error("its answer is longer than \(Figures.bytes(EndpointReply.limit))")
            }
        }
    }
}
