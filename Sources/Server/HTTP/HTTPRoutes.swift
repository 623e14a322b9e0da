import Hummingbird
import JSON
import Pipeline

/// All addresses of a server.
struct HTTPRoutes: Sendable {
    let service: ScoringService

    /// The addresses.
    var all: [HTTPRoute] {
        native + SandboxFusionRoutes(service: service).all + PistonRoutes(service: service).all
            + TrainerRoutes(service: service).all
    }

    private var native: [HTTPRoute] {
        [
            .post("/v1/score") { call throws(ServiceProblem) in
                let request = try ScoreRequest(call.body)
                if call.wantsLines || request.isStreamed {
                    return try await ScoreLines(service: service).response(to: request, for: call.client)
                }
                let results = try await service.score(request, for: call.client)
                return HTTPAnswer.object(["results": .array(results.map { .object($0) })])
            },
            .post("/v1/run") { call throws(ServiceProblem) in
                let report = try await service.run(try ProgramRequest(call.body), for: call.client)
                return HTTPAnswer.object(RunReport(report).object)
            },
            .get("/v1/languages") { HTTPAnswer.json(.array(service.languages)) },
            .get("/v1/health") { HTTPAnswer.object(service.health) },
            .get("/v1/ping") { HTTPAnswer.text("pong") },
            .get("/metrics") { HTTPAnswer.text(service.metricsText, type: "text/plain; version=0.0.4; charset=utf-8") },
        ]
    }
}
