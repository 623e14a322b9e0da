/// Where a server listens: `http://host:port/path`.
struct EndpointAddress: Sendable, Hashable {
    let host: String
    let port: String
    let path: String

    /// Reads an address; `/v1/chat/completions` is added where the path does not end so.
    ///
    /// - Throws: `PipelineError` for another protocol than plain HTTP.
    init(_ text: String) throws(PipelineError) {
        guard text.hasPrefix("http://") else {
            throw PipelineError(
                .user, "--endpoint takes an address that begins with http://",
                hint: "a server that speaks https is reached through a local proxy")
        }
        let rest = text.dropFirst("http://".count)
        let authority = rest.prefix { $0 != "/" }
        var path = String(rest.dropFirst(authority.count))
        while path.hasSuffix("/") { path.removeLast() }
        if path.hasSuffix("/v1") { path += "/chat/completions" }
        if path.isEmpty { path = "/v1/chat/completions" }
        let colon = authority.lastIndex(of: ":").flatMap { authority[$0...].contains("]") ? nil : $0 }
        var host = String(colon.map { authority[..<$0] } ?? authority)
        let port = colon.map { String(authority[authority.index(after: $0)...]) } ?? "80"
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        guard !host.isEmpty, let number = Int(port), (1...65_535).contains(number),
            !text.unicodeScalars.contains(where: { $0.value <= 0x20 || $0.value == 0x7F })
        else { throw PipelineError(.user, "'\(text)' is no address", hint: "write http://host:port") }
        self.host = host
        self.port = port
        self.path = path
    }
}
