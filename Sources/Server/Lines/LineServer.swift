import JSON
import Pipeline
import Synchronization

/// Answers JSON-RPC 2.0 requests, one a line, each as soon as its answer is there.
///
/// It is the way of a program that starts this one as its child. Requests are read while others are worked on; when
/// nobody takes the answers, no more are read. At the end of the input what was asked for is still answered.
public final class LineServer: Sendable {
    /// Requests under way at once; more are left in the pipe.
    private static let requestsAtOnce = 4096
    private static let client = Client("standard input")

    private let service: ScoringService
    private let input: LineInput
    private let output: LineOutput
    private let window: FlowWindow
    private let running = Mutex<[LineRequest.ID: Task<Void, Never>]>([:])

    /// Makes a server on standard input and standard output.
    public init(_ service: ScoringService) {
        self.service = service
        let limit = service.options.bytesOfRequest
        input = LineInput(descriptor: 0, longestLine: limit)
        output = LineOutput(.standardOutput)
        window = FlowWindow(lines: Self.requestsAtOnce, bytes: 4 * limit)
    }

    /// Answers until the input ends, or until nobody reads the answers.
    public func run() async {
        await withDiscardingTaskGroup { group in
            while let line = await input.next() {
                let bytes = line.byteCount
                guard await window.admit(lines: 1, bytes: bytes) else { break }
                // Requests are begun in their order, so that one can be called off by the line behind it.
                let task = begin(line)
                group.addTask { [window] in
                    await task?.value
                    window.release(lines: 1, bytes: bytes)
                }
            }
        }
    }

    // MARK: -

    private func begin(_ line: JSONLine) -> Task<Void, Never>? {
        do throws(LineError) {
            let request = try LineRequest(try Self.value(of: line))
            if request.method == "cancel" {
                if let id = LineRequest.ID(request.params["id"]) { running.withLock { $0[id] }?.cancel() }
                return nil
            }
            guard let id = request.id else { return nil }
            return try running.withLock { running throws(LineError) in
                guard running[id] == nil else {
                    throw LineError(
                        .request, id: id, ServiceProblem(.invalidRequest, "a request of this id is under way"))
                }
                let task = Task { await answer(request, id: id) }
                running[id] = task
                return task
            }
        } catch {
            return Task { await write(error.json) }
        }
    }

    private func answer(_ request: LineRequest, id: LineRequest.ID) async {
        let start = ContinuousClock.now
        var status = 200
        var answer: JSONObject
        do throws(ServiceProblem) {
            answer = ["jsonrpc": "2.0", "id": id.json, "result": .object(try await result(of: request, id: id))]
        } catch {
            status = error.status
            answer = LineError(error, id: id).json
        }
        running.withLock { $0[id] = nil }
        await write(answer)
        service.metrics.count(request.method, status: status, latency: ContinuousClock.now - start)
    }

    private func result(of request: LineRequest, id: LineRequest.ID) async throws(ServiceProblem) -> JSONObject {
        let path = JSONPath.root.appending(key: "params")
        switch request.method {
        case "score":
            let asked = try ScoreRequest(request.params, path: path)
            guard asked.isStreamed else {
                let results = try await service.score(asked, for: Self.client)
                return ["results": .array(results.map { .object($0) })]
            }
            let results = try await service.score(asked, for: Self.client) { [self] index, result in
                await write([
                    "jsonrpc": "2.0", "method": "result",
                    "params": ["id": id.json, "index": .integer(Int64(index)), "result": .object(result)],
                ])
            }
            return ["count": .integer(Int64(results.count))]
        case "run":
            let asked = try ProgramRequest(request.params, path: path)
            return RunReport(try await service.run(asked, for: Self.client)).object
        case "tasks":
            let (rows, report) = try await service.tasks(TasksRequest(request.params, path: path), for: Self.client)
            return ["tasks": .array(rows.map { .object($0) }), "report": .object(report)]
        case "languages": return ["languages": .array(service.languages)]
        case "health": return service.health
        default: throw ServiceProblem(.notFound, "no method \"\(request.method)\"")
        }
    }

    private func write(_ answer: JSONObject) async {
        do throws(PipelineError) {
            try await output.write(answer)
        } catch {
            // Nobody reads: nothing that runs is wanted any more.
            window.close()
            for task in running.withLock({ Array($0.values) }) { task.cancel() }
        }
    }

    private static func value(of line: JSONLine) throws(LineError) -> JSONValue {
        do throws(JSONError) {
            return try line.parse()
        } catch {
            throw LineError(.text, id: nil, ServiceProblem(.invalidJSON, error.description))
        }
    }
}

extension JSONLine {
    /// What it holds of the memory.
    fileprivate var byteCount: Int {
        if case .success(let bytes) = content { bytes.count } else { 0 }
    }
}
