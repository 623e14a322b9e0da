import HTTPTypes
import Hummingbird

/// The page for people who look, and the description for programs.
struct PageRoutes: Sendable {
    /// The addresses.
    var all: [HTTPRoute] {
        [
            .get("/") { page(PackageResources.dashboard_html, type: "text/html; charset=utf-8") },
            .get("/dashboard.js") { page(PackageResources.dashboard_js, type: "text/javascript; charset=utf-8") },
            .get("/dashboard.css") { page(PackageResources.dashboard_css, type: "text/css; charset=utf-8") },
            .get("/openapi.json") { HTTPAnswer.bytes(PackageResources.openapi_json, type: "application/json") },
        ]
    }

    /// A page of ours: no script but its own is executed, and nobody frames it.
    private func page(_ bytes: [UInt8], type: String) -> Response {
        var response = HTTPAnswer.bytes(bytes, type: type)
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'"
        if let name = HTTPField.Name("Referrer-Policy") { response.headers[name] = "no-referrer" }
        return response
    }
}
