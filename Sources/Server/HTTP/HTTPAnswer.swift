import HTTPTypes
import Hummingbird
import JSON
import NIOCore

/// Answers as Hummingbird sends them.
enum HTTPAnswer {
    /// An object as JSON.
    static func object(_ object: JSONObject, status: HTTPResponse.Status = .ok) -> Response {
        json(.object(object), status: status)
    }

    /// A value as JSON.
    static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
        bytes(value.serializedBytes(), type: "application/json", status: status)
    }

    /// A problem, as RFC 9457 wants it.
    static func problem(_ problem: ServiceProblem) -> Response {
        var response = bytes(
            JSONValue.object(problem.json).serializedBytes(), type: "application/problem+json",
            status: HTTPResponse.Status(code: problem.status))
        if problem.code == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        if problem.code == .overloaded { response.headers[.retryAfter] = "1" }
        return response
    }

    /// A text.
    static func text(_ text: String, type: String = "text/plain; charset=utf-8") -> Response {
        bytes(Array(text.utf8), type: type)
    }

    /// Bytes of a type.
    static func bytes(_ bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: headers(type: type), body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// What every answer says: its type, that no browser is to guess another, and that nobody is to keep it.
    static func headers(type: String) -> HTTPFields {
        var headers = HTTPFields()
        headers[.contentType] = type
        headers[.xContentTypeOptions] = "nosniff"
        headers[.cacheControl] = "no-store"
        return headers
    }
}
