import JSON

/// Why a line has no result.
struct LineError: Error {
    /// The numbers that JSON-RPC gives errors, section 5.1; those from -32000 on are ours.
    enum Number: Int64, Sendable {
        case text = -32700
        case request = -32600
        case method = -32601
        case parameters = -32602
        case `internal` = -32603
        case cancelled = -32000
        case overloaded = -32001
        case noSandbox = -32002
        case tooLarge = -32003
    }

    /// Its number.
    var number: Number
    /// The request; nil when it could not be told.
    var id: LineRequest.ID?
    /// What went wrong.
    var problem: ServiceProblem

    /// Makes an error.
    init(_ number: Number, id: LineRequest.ID?, _ problem: ServiceProblem) {
        self.number = number
        self.id = id
        self.problem = problem
    }

    /// Takes a problem of a request.
    init(_ problem: ServiceProblem, id: LineRequest.ID?) {
        let number: Number =
            switch problem.code {
            case .invalidJSON: .text
            case .invalidRequest: .parameters
            case .notFound, .methodNotAllowed: .method
            case .tooLarge: .tooLarge
            case .overloaded, .draining: .overloaded
            case .noSandbox: .noSandbox
            case .cancelled: .cancelled
            case .unauthorized, .unsupportedMediaType, .internal: .internal
            }
        self.init(number, id: id, problem)
    }

    /// The answer that says so.
    var json: JSONObject {
        [
            "jsonrpc": "2.0", "id": id?.json ?? .null,
            "error": [
                "code": .integer(number.rawValue), "message": .string(problem.detail), "data": .object(problem.json),
            ],
        ]
    }
}
