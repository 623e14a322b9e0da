import Hummingbird
import JSON
import Pipeline

/// All addresses of a server.
struct HTTPRoutes: Sendable {
    let service: ScoringService

    /// The addresses.
    var all: [HTTPRoute] {
        native + PageRoutes().all + SandboxFusionRoutes(service: service).all + PistonRoutes(service: service).all
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
            .post("/v1/tasks") { call throws(ServiceProblem) in
                let (rows, report) = try await service.tasks(TasksRequest(call.body), for: call.client)
                return HTTPAnswer.object(["tasks": .array(rows.map { .object($0) }), "report": .object(report)])
            },
            .get("/v1/languages") { HTTPAnswer.json(.array(service.languages)) },
            .get("/v1/health") { HTTPAnswer.object(service.health) },
            .get("/v1/statistics") { HTTPAnswer.object(service.statistics) },
            .get("/v1/recent") { HTTPAnswer.json(.array(service.recent.newestFirst.map { .object($0) })) },
            .get("/v1/runs") { HTTPAnswer.json(.array(await service.runs?.listing ?? [])) },
            .post("/v1/runs") { call throws(ServiceProblem) in
                let name = try RunsRequest(call.body).run
                guard let steps = await service.runs?.steps(of: name) else {
                    throw ServiceProblem(
                        .notFound, "there is no run '\(name)'",
                        hint: "GET /v1/runs names those of the folder that retort serve --runs shows")
                }
                return HTTPAnswer.object(["run": .string(name), "steps": .array(steps)])
            },
            .get("/v1/ping") { HTTPAnswer.text("pong") },
            .get("/metrics") { HTTPAnswer.text(service.metricsText, type: "text/plain; version=0.0.4; charset=utf-8") },
        ]
    }
}
