import HTTPTypes
import Hummingbird
import JSON

/// One address, what it takes and what it gives.
struct HTTPRoute: Sendable {
    /// What comes with a request.
    struct Call: Sendable {
        /// The body; an empty object for a request without one.
        var body: JSONValue
        /// Who asks.
        var client: Client
        /// Whether lines are wanted, one a result.
        var wantsLines: Bool
    }

    /// The method.
    var method: HTTPRequest.Method
    /// The path.
    var path: String
    /// Makes the answer; its task is cancelled when the client goes away.
    var answer: @Sendable (Call) async throws(ServiceProblem) -> Response

    /// An address that is asked with nothing.
    static func get(_ path: String, _ answer: @escaping @Sendable () async throws(ServiceProblem) -> Response)
        -> HTTPRoute
    {
        HTTPRoute(method: .get, path: path) { _ throws(ServiceProblem) in try await answer() }
    }

    /// An address that is asked with a JSON body.
    static func post(
        _ path: String, _ answer: @escaping @Sendable (Call) async throws(ServiceProblem) -> Response
    ) -> HTTPRoute {
        HTTPRoute(method: .post, path: path, answer: answer)
    }
}
