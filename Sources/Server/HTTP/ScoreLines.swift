import Hummingbird
import JSON
import NIOCore

/// An answer of JSON lines, each sent as soon as it is there.
struct ScoreLines: Sendable {
    let service: ScoringService

    private enum Event: Sendable {
        case line(ByteBuffer)
        case ended(ServiceProblem?)
    }

    /// Scores a request into lines; the results that wait to be sent are as many as the items at most.
    ///
    /// - Throws: `ServiceProblem` when nothing was scored; a later one is the last line, as `{"problem": {...}}`.
    func response(to request: ScoreRequest, for client: Client) async throws(ServiceProblem) -> Response {
        let (events, source) = AsyncStream<Event>.makeStream()
        let work = Task {
            do throws(ServiceProblem) {
                _ = try await service.score(request, for: client) { _, result in
                    source.yield(.line(Self.line(result)))
                }
                source.yield(.ended(nil))
            } catch {
                source.yield(.ended(error))
            }
            source.finish()
        }
        source.onTermination = { _ in work.cancel() }
        var iterator = events.makeAsyncIterator()
        let first = await withTaskCancellationHandler {
            await iterator.next()
        } onCancel: {
            work.cancel()
        }
        if case .ended(let problem?) = first { throw problem }
        return Response(
            status: .ok, headers: HTTPAnswer.headers(type: "application/x-ndjson"),
            body: ResponseBody { writer in
                // A writer that fails ends the stream, and with it the work.
                defer { work.cancel() }
                if case .line(let line) = first { try await writer.write(line) }
                for await event in events {
                    switch event {
                    case .line(let line): try await writer.write(line)
                    case .ended(let problem?): try await writer.write(Self.line(["problem": .object(problem.json)]))
                    case .ended(nil): break
                    }
                }
                try await writer.finish(nil)
            })
    }

    private static func line(_ object: JSONObject) -> ByteBuffer {
        var writer = JSONWriter()
        writer.write(.object(object))
        writer.endLine()
        return ByteBuffer(bytes: writer.bytes)
    }
}
