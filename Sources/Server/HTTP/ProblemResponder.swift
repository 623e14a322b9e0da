import HTTPTypes
import Hummingbird

/// Makes an answer of every error: never a trace of our code, never a hang.
struct ProblemResponder: RouterMiddleware {
    typealias Context = HTTPContext

    let metrics: ServiceMetrics
    /// The methods that each address takes.
    let methods: [String: [String]]

    @concurrent func handle(
        _ request: Request, context: HTTPContext,
        next: @concurrent (Request, HTTPContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var response: Response
        do {
            response = try await next(request, context)
        } catch let problem as ServiceProblem {
            response = HTTPAnswer.problem(problem)
        } catch let error as any HTTPResponseError
            where error.status == .notFound && methods[request.uri.path] != nil
        {
            // The router tells addresses by their methods as well.
            let known = methods[request.uri.path]?.joined(separator: ", ") ?? ""
            response = HTTPAnswer.problem(
                ServiceProblem(.methodNotAllowed, "\(request.uri.path) takes \(known)"))
            response.headers[.allow] = known
        } catch let error as any HTTPResponseError {
            response = HTTPAnswer.problem(Self.problem(of: error.status))
        } catch {
            response = HTTPAnswer.problem(ServiceProblem(.internal, "the request could not be answered"))
        }
        // What was not read of a body would be taken for the next request.
        if response.status.code >= 400 { response.headers[.connection] = "close" }
        metrics.count(
            context.endpointPath ?? "other", status: response.status.code, latency: ContinuousClock.now - start)
        return response
    }

    private static func problem(of status: HTTPResponse.Status) -> ServiceProblem {
        switch status {
        case .notFound: ServiceProblem(.notFound, "there is no such address", hint: "see /openapi.json")
        case .methodNotAllowed: ServiceProblem(.methodNotAllowed, "the address takes another method")
        case .contentTooLarge: ServiceProblem(.tooLarge, "the body is too large")
        default: ServiceProblem(.invalidRequest, status.reasonPhrase)
        }
    }
}
