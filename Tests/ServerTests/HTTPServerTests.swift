import JSON
import Testing

@testable import Server

// One after the other: each has a sandbox of its own.
@Suite("The server", .serialized, .timeLimit(.minutes(5)))
struct HTTPServerTests {
    private static let square =
        #"{"kind":"tests","id":"t","language":"python","tests":[{"kind":"stdin","stdin":"3","expected":"9\n"}]}"#

    private static func item(_ code: String) -> String {
        let completion = JSONValue.string("```python\n\(code)\n```").serialized()
        return #"{"task":\#(square),"completion":\#(completion)}"#
    }

    @Test("scores items in their order, those that are no rollouts as such")
    func scores() async throws {
        try await RunningServer.with { client, _ in
            let right = Self.item("print(int(input()) ** 2)")
            let wrong = Self.item("print(0)")
            let body = #"{"preset":"tests","items":[\#(right),\#(wrong),{"task":"{","completion":""},7]}"#
            let answer = try #require(await client.ask("POST", "/v1/score", body: body))
            #expect(answer.status == 200)
            let results = try #require(answer.json?["results"]?.array)
            #expect(results.map { $0["verdict"]?.string } == ["accepted", "wrong_answer", nil, nil])
            #expect(results.map { $0["reward"]?.double } == [1, 0, nil, nil])
            #expect(results.map { $0["id"]?.string } == ["0", "1", "2", "3"])
            #expect(results[2]["error"]?.string?.contains("not JSON") == true)
        }
    }

    @Test("sends results as lines when they are wanted so")
    func streams() async throws {
        try await RunningServer.with { client, _ in
            let items = (0..<5).map { Self.item("print(9) # \($0)") }.joined(separator: ",")
            let answer = try #require(
                await client.ask(
                    "POST", "/v1/score", body: #"{"preset":"tests","items":[\#(items)]}"#,
                    headers: ["Accept": "application/x-ndjson"]))
            #expect(answer.headers["content-type"] == "application/x-ndjson")
            let lines = answer.text.split(separator: "\n")
            #expect(
                Set(lines.compactMap { try? JSONValue.parse(Array($0.utf8))["id"]?.string }) == [
                    "0", "1", "2", "3", "4",
                ])
        }
    }

    @Test("runs a program, with the object that the command prints")
    func runs() async throws {
        try await RunningServer.with { client, _ in
            let body =
                #"{"program":"print(open('a.txt').read() + input())","language":"python","stdin":"b","files":{"a.txt":"a"}}"#
            let answer = try #require(await client.ask("POST", "/v1/run", body: body))
            #expect(answer.json?["verdict"] == "accepted")
            #expect(answer.json?["stdout"] == "ab\n")
        }
    }

    @Test("gives back all that a program prints, however much a pipe holds")
    func largeOutput() async throws {
        try await RunningServer.with { client, _ in
            let body = #"{"code":"print('x' * 2000000)","language":"python","run_timeout":20}"#
            let answer = try #require(await client.ask("POST", "/run_code", body: body))
            #expect(answer.json?["status"] == "Success")
            #expect(answer.json?["run_result"]?["stdout"]?.string?.utf8.count == 2_000_001)
        }
    }

    static let fusion: [(String, String, String?, Int64?)] = [
        (#"{"code":"print(input())","language":"python","stdin":"x"}"#, "Success", "Finished", 0),
        (#"{"code":"import sys; sys.exit(3)","language":"python"}"#, "Failed", "Finished", 3),
        (#"{"code":"import os; os.kill(os.getpid(), 11)","language":"python"}"#, "Failed", "Finished", -11),
        (#"{"code":"while True: pass","language":"python","run_timeout":0.5}"#, "Failed", "TimeLimitExceeded", nil),
        (#"{"code":"int main(){return 0;}","language":"c"}"#, "Success", "Finished", 0),
        (#"{"code":"int main({","language":"c"}"#, "Failed", nil, nil),
    ]

    @Test("answers as SandboxFusion does", arguments: fusion)
    func sandboxFusion(body: String, status: String, command: String?, code: Int64?) async throws {
        try await RunningServer.with { client, _ in
            let answer = try #require(await client.ask("POST", "/run_code", body: body))
            #expect(answer.status == 200)
            #expect(answer.json?["status"]?.string == status)
            #expect(answer.json?["run_result"]?["status"]?.string == command)
            #expect(answer.json?["run_result"]?["return_code"]?.integer == code)
        }
    }

    @Test("judges submissions as SandboxFusion does")
    func submissions() async throws {
        try await RunningServer.with { client, _ in
            let body = #"""
                {"id":1,"dataset":"x","completion":"```python\nprint(int(input())*2)\n```","config":{"language":"python",
                "provided_data":{"test":[{"input":{"stdin":"2"},"output":{"stdout":"4.00001"}}]}}}
                """#
            let answer = try #require(await client.ask("POST", "/submit", body: body))
            #expect(answer.json?["accepted"] == true)
            #expect(answer.json?["tests"]?.array?.first?["passed"] == true)
        }
    }

    @Test("answers as Piston does")
    func piston() async throws {
        try await RunningServer.with { client, _ in
            let body =
                #"{"language":"py","version":"3.x","files":[{"content":"import sys; print(input(), sys.argv[1:])"}],"stdin":"a","args":["b"]}"#
            let answer = try #require(await client.ask("POST", "/api/v2/execute", body: body))
            #expect(answer.json?["language"] == "python")
            #expect(answer.json?["run"]?["stdout"] == "a ['b']\n")
            #expect(answer.json?["run"]?["code"] == 0)
            #expect(answer.json?["run"]?["status"]?.isNull == true)
            let slow =
                #"{"language":"python","version":"*","files":[{"content":"while True: pass"}],"run_cpu_time":300,"run_timeout":2000}"#
            let killed = try #require(await client.ask("POST", "/api/v2/execute", body: slow))
            #expect(killed.json?["run"]?["status"] == "TO")
            #expect(killed.json?["run"]?["signal"] == "SIGKILL")
            let unknown = try #require(
                await client.ask(
                    "POST", "/api/v2/execute", body: #"{"language":"klingon","version":"*","files":[{"content":""}]}"#))
            #expect(unknown.status == 400)
            #expect(unknown.json?["message"]?.string == "klingon-* runtime is unknown")
            let runtimes = try #require(await client.ask("GET", "/api/v2/runtimes"))
            #expect(runtimes.json?.array?.contains { $0["language"] == "python" } == true)
        }
    }

    @Test("rewards as OpenRLHF and NeMo-Gym ask")
    func trainers() async throws {
        try await RunningServer.with(change: { $0.presetName = "tests" }) { client, _ in
            let label = JSONValue.string(Self.square).serialized()
            let reward = try #require(
                await client.ask(
                    "POST", "/get_reward",
                    body: #"{"query":["ask```python\nprint(9)\n```"],"prompts":["ask"],"labels":[\#(label)]}"#))
            #expect(reward.json?["rewards"] == [1.0])
            #expect(reward.json?["extra_logs"]?["tests"] == [1.0])
            let verify = #"""
                {"responses_create_params":{},"response":{"output":[{"type":"message","role":"assistant","content":
                [{"type":"output_text","text":"```python\nprint(input())\n```"}]}]},
                "verifier_metadata":{"unit_tests":{"inputs":["7\n"],"outputs":["7\n"]}}}
                """#
            let verified = try #require(await client.ask("POST", "/verify", body: verify))
            #expect(verified.json?["reward"] == 1.0)
        }
    }

    @Test("makes tasks of snippets")
    func tasks() async throws {
        try await RunningServer.with { client, _ in
            let body =
                #"{"snippets":[{"id":"s","language":"python","code":"print(6 * 7)"},{"code":1}],"plain":true,"seed":3}"#
            let answer = try #require(await client.ask("POST", "/v1/tasks", body: body))
            #expect(answer.status == 200)
            #expect(answer.json?["report"]?["snippets"] == 2)
            #expect(answer.json?["report"]?["dropped"]?["unreadable"] == 1)
        }
    }

    static let refusals: [(String, String, String?, [String: String], Int, String)] = [
        ("GET", "/nope", nil, [:], 404, "not_found"),
        ("GET", "/v1/../../etc/passwd", nil, [:], 404, "not_found"),
        ("PUT", "/v1/score", "{}", [:], 405, "method_not_allowed"),
        ("GET", "/v1/score", nil, [:], 405, "method_not_allowed"),
        ("POST", "/v1/score", "{", [:], 400, "invalid_json"),
        ("POST", "/v1/score", "\u{1}", [:], 400, "invalid_json"),
        ("POST", "/v1/score", "{}", ["Content-Type": "text/plain"], 415, "unsupported_media_type"),
        ("POST", "/v1/score", "[1]", [:], 422, "invalid_request"),
        ("POST", "/v1/run", #"{"program":"1","language":"klingon"}"#, [:], 422, "invalid_request"),
        ("POST", "/v1/run", #"{"program":"1","language":"python","files":{"../x":"y"}}"#, [:], 422, "invalid_request"),
        (
            "POST", "/v1/run", #"{"program":"1","language":"python","files":{"/etc/x":"y"}}"#, [:], 422,
            "invalid_request"
        ),
        ("POST", "/v1/tasks", #"{"snippets":[],"format":"nope"}"#, [:], 422, "invalid_request"),
        ("POST", "/run_code", #"{"code":"1","language":"klingon"}"#, [:], 422, "invalid_request"),
    ]

    @Test("refuses what is wrong with a problem that has a code", arguments: refusals)
    func problems(
        method: String, path: String, body: String?, headers: [String: String], status: Int, code: String
    ) async throws {
        try await RunningServer.with { client, _ in
            let answer = try #require(await client.ask(method, path, body: body, headers: headers))
            #expect(answer.status == status)
            #expect(answer.headers["content-type"] == "application/problem+json")
            #expect(answer.json?["code"]?.string == code)
        }
    }

    @Test("takes no body beyond its limit, whether it says its length or not")
    func oversizedBodies() async throws {
        try await RunningServer.with(change: { $0.bytesOfRequest = 1000 }) { client, _ in
            let declared = try #require(
                await client.ask("POST", "/v1/score", body: String(repeating: " ", count: 2000)))
            #expect(declared.status == 413)
            let chunk = String(repeating: " ", count: 600)
            let chunked = try #require(
                await client.send(
                    "POST /v1/score HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                        + "258\r\n\(chunk)\r\n258\r\n\(chunk)\r\n0\r\n\r\n"))
            #expect(chunked.status == 413)
        }
    }

    static let smuggled = [
        "POST /v1/score HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n",
        "POST /v1/score HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        "GET /v1/health HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET /v1/health HTTP/1.1\r\n\u{0}: a\r\n\r\n",
        "GARBAGE\r\n\r\n",
    ]

    @Test("refuses requests that two servers could read differently", arguments: smuggled)
    func smuggling(text: String) async throws {
        try await RunningServer.with { client, _ in
            let answer = await client.send(text)
            #expect(answer == nil || answer?.status == 400, "\(answer?.text ?? "")")
            #expect(await client.ask("GET", "/v1/ping")?.text == "pong")
        }
    }

    @Test("lets in only who has the token, but anybody who asks whether it lives")
    func tokens() async throws {
        let token = "0123456789abcdef0123"
        try await RunningServer.with(token: token) { client, _ in
            #expect(await client.ask("GET", "/v1/languages")?.status == 401)
            for wrong in ["Bearer x", "Bearer 0123456789abcdef0124", "Basic \(token)", "Bearer", "Bearer \(token)x"] {
                #expect(await client.ask("GET", "/v1/languages", headers: ["Authorization": wrong])?.status == 401)
            }
            #expect(
                await client.ask("GET", "/v1/languages", headers: ["Authorization": "Bearer \(token)"])?.status == 200)
            #expect(await client.ask("GET", "/v1/ping")?.status == 200)
        }
    }

    @Test(
        "does not listen beyond this machine without a token", arguments: ["0.0.0.0", "::", "10.0.0.1", "example.org"])
    func remoteAddresses(host: String) throws {
        let service = try ScoringService(ServiceOptions())
        var place = ServerOptions()
        place.host = host
        #expect(throws: (any Error).self) { _ = try HTTPServer(service, options: place) }
        place.token = Array("0123456789abcdef".utf8)
        _ = try HTTPServer(service, options: place)
    }

    @Test("kills what a client asked for that has gone away")
    func departures() async throws {
        try await RunningServer.with { client, service in
            let body = #"{"program":"import time; time.sleep(60)","language":"python","limits":{"wall_ms":60000}}"#
            let request =
                "POST /v1/run HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
            let leaving = Task { await client.sendAndLeave(request, after: 500_000) }
            while service.health["running"] != 1 { try await Task.sleep(for: .milliseconds(5)) }
            await leaving.value
            let start = ContinuousClock.now
            while service.health["running"] != 0, ContinuousClock.now - start < .seconds(30) {
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(service.health["running"] == 0)
        }
    }

    @Test("says that it is full with the status that clients try again after")
    func overload() async throws {
        try await RunningServer.with(change: { $0.capacity = 2 }) { client, service in
            let slow = #"{"program":"import time; time.sleep(3)","language":"python"}"#
            async let first = client.ask("POST", "/v1/run", body: slow)
            async let second = client.ask("POST", "/v1/run", body: slow.replacing("sleep(3)", with: "sleep(2)"))
            while service.health["running"] != 2 { try await Task.sleep(for: .milliseconds(5)) }
            let third = try #require(await client.ask("POST", "/v1/run", body: slow))
            #expect(third.status == 504)
            #expect(third.json?["code"] == "overloaded")
            #expect(await first?.status == 200)
            #expect(await second?.status == 200)
        }
    }

    @Test("counts what it did for those who watch")
    func metrics() async throws {
        try await RunningServer.with { client, _ in
            _ = await client.ask("POST", "/v1/score", body: #"{"preset":"tests","items":[\#(Self.item("print(9)"))]}"#)
            let answer = try #require(await client.ask("GET", "/metrics"))
            #expect(answer.text.contains(#"retort_verdicts_total{language="python",verdict="accepted"} 1"#))
            #expect(answer.text.contains(#"retort_requests_total{call="/v1/score",status="200"} 1"#))
            // Python has no compiler.
            #expect(answer.text.contains(#"retort_compilations_total{kind="made"} 0"#))
            #expect(answer.text.contains(#"retort_compilations_total{kind="found"} 0"#))
            let recent = try #require(await client.ask("GET", "/v1/recent"))
            #expect(recent.json?.array?.first?["completion"]?.string?.contains("print(9)") == true)
        }
    }

    @Test("describes itself, every address of it")
    func openAPI() async throws {
        try await RunningServer.with { client, service in
            let answer = try #require(await client.ask("GET", "/openapi.json"))
            let paths = try #require(answer.json?["paths"]?.object)
            let pages: Set<String> = ["/", "/dashboard.js", "/dashboard.css"]
            #expect(Set(paths.keys) == Set(HTTPRoutes(service: service).all.map(\.path)).subtracting(pages))
        }
    }

    @Test("shows a page that executes nothing but its own script")
    func page() async throws {
        try await RunningServer.with { client, _ in
            let answer = try #require(await client.ask("GET", "/"))
            #expect(answer.headers["content-type"] == "text/html; charset=utf-8")
            #expect(answer.headers["content-security-policy"]?.contains("script-src 'self'") == true)
            let script = try #require(await client.ask("GET", "/dashboard.js"))
            for way in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("] {
                #expect(!script.text.contains(way))
            }
        }
    }
}
