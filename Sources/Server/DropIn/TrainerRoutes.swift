import Hummingbird
import JSON

/// The addresses by which trainers ask a remote reward: OpenRLHF's and NeMo-Gym's.
struct TrainerRoutes: Sendable {
    let service: ScoringService

    /// The addresses.
    var all: [HTTPRoute] {
        [
            .post("/get_reward") { call throws(ServiceProblem) in
                let request = try OpenRLHFRequest(call.body)
                return HTTPAnswer.object(request.answer(try await scored(request.items, for: call.client)))
            },
            .post("/verify") { call throws(ServiceProblem) in
                let request = try NeMoGymRequest(call.body)
                return HTTPAnswer.object(
                    request.answer(try await service.score(ScoreRequest(items: [request.item]), for: call.client)[0]))
            },
        ]
    }

    /// The lines of items, of which none may fail for our fault: these trainers cannot be told of one that did.
    private func scored(_ items: [JSONValue], for client: Client) async throws(ServiceProblem) -> [JSONObject] {
        guard !items.isEmpty else { return [] }
        let lines = try await service.score(ScoreRequest(items: items), for: client)
        if let error = lines.lazy.compactMap({ $0["error"]?.string }).first {
            throw ServiceProblem(.invalidRequest, error, hint: "give the task as JSON in the label")
        }
        if lines.contains(where: { $0["reward"]?.isNull ?? true }) {
            throw ServiceProblem(.overloaded, "a sample could not be scored for our fault", hint: "try again")
        }
        return lines
    }
}
