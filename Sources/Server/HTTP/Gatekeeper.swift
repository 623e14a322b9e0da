import HTTPTypes
import Hummingbird

/// Lets in who may come.
struct Gatekeeper: RouterMiddleware {
    typealias Context = HTTPContext

    /// Addresses that say nothing of anybody: probes ask them, and the page itself is no secret.
    static let open: Set<String> = ["/", "/v1/ping", "/v1/health", "/dashboard.js", "/dashboard.css"]

    /// The token; nil lets everybody in.
    let token: [UInt8]?
    /// Whether requests must name this machine as their host.
    ///
    /// A page of a foreign site whose name is made to lead here would else be taken for a page of ours.
    let requiresLocalHost: Bool

    @concurrent func handle(
        _ request: Request, context: HTTPContext,
        next: @concurrent (Request, HTTPContext) async throws -> Response
    ) async throws -> Response {
        if requiresLocalHost, let host = request.head.authority, !Self.isLocal(host) {
            throw ServiceProblem(
                .unauthorized, "the host '\(host)' is not this machine",
                hint: "serve with a token to be called otherwise")
        }
        if let token, !Self.open.contains(request.uri.path) {
            let given = request.headers[.authorization] ?? ""
            let isBearer = given.prefix(7).lowercased() == "bearer "
            guard isBearer, Self.areEqual(Array(given.utf8.dropFirst(7)), token) else {
                throw ServiceProblem(
                    .unauthorized, given.isEmpty ? "there is no token" : "the token is wrong",
                    hint: "send Authorization: Bearer TOKEN")
            }
        }
        return try await next(request, context)
    }

    private static func isLocal(_ authority: String) -> Bool {
        if authority.hasPrefix("[::1]") { return true }
        let host = authority.split(separator: ":", omittingEmptySubsequences: false).first.map(String.init) ?? ""
        return host == "localhost" || ServerOptions.isLoopback(host)
    }

    /// Takes as long wherever the difference is.
    private static func areEqual(_ given: [UInt8], _ token: [UInt8]) -> Bool {
        var difference = UInt8(given.count == token.count ? 0 : 1)
        for (index, byte) in token.enumerated() { difference |= byte ^ (index < given.count ? given[index] : 0) }
        return difference == 0
    }
}
