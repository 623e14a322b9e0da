import Hummingbird
import JSON
import LanguagePlugins
import Pipeline
import Tasks

/// The addresses of Piston's API, version 2, that clients call.
struct PistonRoutes: Sendable {
    let service: ScoringService

    /// The addresses.
    var all: [HTTPRoute] {
        [
            .get("/api/v2/runtimes") { HTTPAnswer.json(.array(runtimes)) },
            .post("/api/v2/execute") { call throws(ServiceProblem) in
                let request = try PistonRequest(call.body, most: service.options.most)
                guard let plugin = service.root.registry.plugin(named: request.program.language),
                    case .available(let version) = plugin.availability
                else {
                    return Self.refusal("\(request.program.language)-\(request.version) runtime is unknown")
                }
                guard request.matches(version) else {
                    return Self.refusal("\(request.program.language)-\(request.version) runtime is unknown")
                }
                let compiled = try await service.compile(request.program, within: request.compileTime, for: call.client)
                if let compiled, compiled.verdict != .accepted {
                    return HTTPAnswer.object(PistonAnswer.refused(compiled, plugin, version))
                }
                let report = try await service.run(
                    ProgramRequest(program: request.program, input: request.input, limits: request.limits),
                    for: call.client)
                return HTTPAnswer.object(PistonAnswer.ran(report, plugin, version))
            },
        ]
    }

    private var runtimes: [JSONValue] {
        service.root.registry.all.compactMap { plugin in
            guard case .available(let version) = plugin.availability else { return nil }
            return [
                "language": .string(plugin.manifest.name), "version": .string(PistonRequest.number(in: version)),
                "aliases": .array(plugin.manifest.aliases.map { .string($0) }),
            ]
        }
    }

    /// That server says what is wrong with a request in `message`.
    private static func refusal(_ message: String) -> Response {
        HTTPAnswer.object(["message": .string(message)], status: .badRequest)
    }
}
