import JSON

/// One request of JSON-RPC 2.0.
struct LineRequest: Sendable {
    /// What a request calls itself.
    enum ID: Sendable, Hashable {
        case text(String)
        case number(Int64)

        /// The name as JSON.
        var json: JSONValue {
            switch self {
            case .text(let text): .string(text)
            case .number(let number): .integer(number)
            }
        }

        /// Reads a name; nil when it is none.
        init?(_ json: JSONValue?) {
            switch json {
            case .string(let text): self = .text(text)
            case .integer(let number): self = .number(number)
            default: return nil
            }
        }
    }

    /// What it calls itself; nil for one that wants no answer.
    var id: ID?
    /// What it asks for.
    var method: String
    /// The object it gives along.
    var params: JSONValue

    /// Reads a request.
    ///
    /// - Throws: `LineError` that knows the request's name, when it has one.
    init(_ json: JSONValue) throws(LineError) {
        id = ID(json["id"])
        guard case .object = json, json["jsonrpc"] == "2.0", let method = json["method"]?.string else {
            throw LineError(
                .request, id: id,
                ServiceProblem(.invalidRequest, "no request of JSON-RPC 2.0: no method, or no version"))
        }
        guard id != nil || json["id"] == nil else {
            throw LineError(
                .request, id: nil, ServiceProblem(.invalidRequest, "$.id: expected a string or a whole number"))
        }
        self.method = method
        params = json["params"] ?? [:]
        guard case .object = params else {
            throw LineError(
                .parameters, id: id,
                ServiceProblem(.invalidRequest, "$.params: expected an object, found \(params.typeName)"))
        }
    }
}
