import HTTPTypes
import Hummingbird
import JSON
import NIOCore

/// Reads the JSON of a request's body, no more of it than is allowed, from no sender that dawdles.
struct RequestReader: Sendable {
    /// The most bytes.
    let limit: Int
    /// How long a body may take to come.
    let patience: Duration

    /// The value of the body.
    ///
    /// - Throws: `ServiceProblem` for a body that is none, too large or too slow.
    func json(of request: Request) async throws(ServiceProblem) -> JSONValue {
        let type = request.headers[.contentType]?.split(separator: ";").first.map { $0.lowercased() } ?? ""
        guard type == "application/json" || type.hasSuffix("+json") else {
            throw ServiceProblem(
                .unsupportedMediaType, "the body is declared as '\(type)'", hint: "send Content-Type: application/json")
        }
        let bytes = try await bytes(of: request)
        do throws(JSONError) {
            return try JSONValue.parse(bytes, limits: JSONLimits(bytes: limit))
        } catch {
            throw ServiceProblem(.invalidJSON, error.description)
        }
    }

    private func bytes(of request: Request) async throws(ServiceProblem) -> [UInt8] {
        if let text = request.headers[.contentLength], let length = Int(text), length > limit { throw tooLarge }
        do {
            return try await withThrowingTaskGroup(of: [UInt8].self) { group in
                group.addTask {
                    var bytes: [UInt8] = []
                    for try await piece in request.body {
                        guard bytes.count + piece.readableBytes <= limit else { throw tooLarge }
                        bytes += piece.readableBytesView
                    }
                    return bytes
                }
                group.addTask {
                    try await Task.sleep(for: patience)
                    throw ServiceProblem(.invalidRequest, "the body did not come within \(patience)")
                }
                defer { group.cancelAll() }
                return try await group.next() ?? []
            }
        } catch let problem as ServiceProblem {
            throw problem
        } catch {
            throw ServiceProblem(.cancelled, "the body ended too early")
        }
    }

    private var tooLarge: ServiceProblem {
        ServiceProblem(.tooLarge, "the body has more than \(limit) bytes", hint: "ask in several requests")
    }
}
