public import JSON
import LanguagePlugins
import Pipeline

/// Why a request has no answer, after RFC 9457.
public struct ServiceProblem: Error, Sendable, Hashable {
    /// What a program tells problems apart by.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        case invalidJSON = "invalid_json"
        case invalidRequest = "invalid_request"
        case unauthorized
        case notFound = "not_found"
        case methodNotAllowed = "method_not_allowed"
        case tooLarge = "too_large"
        case unsupportedMediaType = "unsupported_media_type"
        case overloaded
        case draining
        case noSandbox = "no_sandbox"
        case cancelled
        case `internal`
    }

    /// Which problem it is.
    public var code: Code
    /// What went wrong, in one sentence without a period, with its place.
    public var detail: String
    /// What to do about it; nil when there is nothing to add.
    public var hint: String?

    /// Makes a problem.
    public init(_ code: Code, _ detail: String, hint: String? = nil) {
        self.code = code
        self.detail = detail
        self.hint = hint
    }

    /// The status of the answer over HTTP.
    public var status: Int {
        switch code {
        case .invalidJSON: 400
        case .unauthorized: 401
        case .notFound: 404
        case .methodNotAllowed: 405
        case .tooLarge: 413
        case .unsupportedMediaType: 415
        case .invalidRequest: 422
        case .cancelled: 499
        case .internal: 500
        case .draining, .noSandbox: 503
        // verl's client asks again after 504, and after nothing else.
        case .overloaded: 504
        }
    }

    /// The problem as its object.
    public var json: JSONObject {
        var object: JSONObject = [
            "type": "about:blank", "title": .string(title), "status": .integer(Int64(status)),
            "code": .string(code.rawValue), "detail": .string(detail),
        ]
        object["hint"] = hint.map { .string($0) }
        return object
    }

    private var title: String {
        switch code {
        case .invalidJSON: "Bad Request"
        case .invalidRequest: "Unprocessable Content"
        case .unauthorized: "Unauthorized"
        case .notFound: "Not Found"
        case .methodNotAllowed: "Method Not Allowed"
        case .tooLarge: "Content Too Large"
        case .unsupportedMediaType: "Unsupported Media Type"
        case .overloaded: "Gateway Timeout"
        case .draining, .noSandbox: "Service Unavailable"
        case .cancelled: "Client Closed Request"
        case .internal: "Internal Server Error"
        }
    }
}

extension ServiceProblem {
    /// Takes what is wrong with the text or the fields of a request.
    init(_ error: JSONError) {
        self.init(.invalidRequest, error.path.isEmpty ? error.message : "\(error.path): \(error.message)")
    }

    /// Takes an error of the pipeline; in a service the user is who asks.
    init(_ error: PipelineError) {
        self.init(error.kind == .noSandbox ? .noSandbox : .invalidRequest, error.message, hint: error.hint)
    }

    /// Takes an error of the plugins.
    init(_ error: PluginError) {
        let code: Code =
            switch error.kind {
            case .unknownLanguage, .unavailable, .request: .invalidRequest
            case .manifest, .sandbox: .internal
            }
        self.init(code, error.message, hint: error.hint.isEmpty ? nil : error.hint)
    }
}
