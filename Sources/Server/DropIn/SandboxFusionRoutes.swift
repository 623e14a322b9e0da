import Hummingbird
import JSON
import LanguagePlugins
import Tasks

/// The addresses of SandboxFusion's server that trainers call.
struct SandboxFusionRoutes: Sendable {
    let service: ScoringService

    /// The addresses.
    var all: [HTTPRoute] {
        [
            .post("/run_code") { call throws(ServiceProblem) in
                let request = try SandboxFusionRequest(call.body)
                return HTTPAnswer.object(try await answer(to: request, for: call.client))
            },
            .post("/submit") { call throws(ServiceProblem) in
                HTTPAnswer.object(
                    try await SandboxFusionSubmission(call.body).answer { request throws(ServiceProblem) in
                        try await answer(to: request, for: call.client)
                    })
            },
        ]
    }

    /// Compiles within the one limit, then runs within the other.
    ///
    /// - Throws: `ServiceProblem`; our own failures are 504, which all clients of that server try again.
    private func answer(to request: SandboxFusionRequest, for client: Client) async throws(ServiceProblem) -> JSONObject
    {
        do throws(ServiceProblem) {
            let compiled = try await service.compile(request.program, within: request.compileTime, for: client)
            if let compiled, compiled.verdict != .accepted { return SandboxFusionAnswer.refused(compiled) }
            let report = try await service.run(
                ProgramRequest(program: request.program, input: request.input, limits: request.limits), for: client)
            return SandboxFusionAnswer.ran(report)
        } catch  where error.code == .internal {
            throw ServiceProblem(.overloaded, error.detail, hint: "try again")
        }
    }
}
