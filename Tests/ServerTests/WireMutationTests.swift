import JSON
import TestSupport
import Testing

@testable import Server

/// What no well-kept client sends, on connections of its own: answered or closed, never left hanging.
@Suite("Mutated HTTP", .serialized, .timeLimit(.minutes(5)))
struct WireMutationTests {
    private static let body = #"{"program":"print(input())","language":"python","stdin":"x"}"#

    private static let seeds = [
        "POST /v1/run HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
            + "Connection: close\r\n\r\n\(body)",
        "POST /v1/run HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
            + "Connection: close\r\n\r\n\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n",
        "GET /v1/health HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\nConnection: close\r\n\r\n",
        "GET /v1/ping HTTP/1.1\r\nHost: localhost\r\n\r\nGET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    ]
    private static let pieces: [[UInt8]] =
        [
            "\r\n", "\r\n\r\n", "\n", "\r", ": ", " ", "\t", "\0", "Content-Length: 3\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: identity, chunked\r\n", "Expect: 100-continue\r\n", "Upgrade: h2c\r\n", "HTTP/2.0",
            "..%2f..%2f",
            "/../../", "FFFFFFFFFFFFFFFFF\r\n", "-1\r\n", "%00", "GET / HTTP/1.1\r\n", "Host: evil\r\n", "{\"a\":",
            "\u{FEFF}",
        ].map { Array($0.utf8) } + [[0x80], [0xFF, 0xFE], [0xC3, 0x28], Array(repeating: 0x41, count: 100_000)]

    @Test("of every sort ends, and the server goes on", arguments: seeds)
    func mutations(seed: String) async throws {
        try await RunningServer.with { client, service in
            var random = SplitMix(state: 20_240_613)
            for round in 0..<150 {
                var bytes = Array(seed.utf8)
                for _ in 0...Int.random(in: 0..<3, using: &random) {
                    let place = Int.random(in: 0...bytes.count, using: &random)
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: bytes = Array(bytes[..<place])
                    case 1 where place < bytes.count: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
                    case 2 where place < bytes.count: bytes.removeSubrange(place..<min(place + 4, bytes.count))
                    default: bytes.insert(contentsOf: Self.pieces.randomElement(using: &random) ?? [], at: place)
                    }
                }
                let answer = try #require(
                    await client.sendAll(bytes, within: 20),
                    "round \(round) hangs: \(String(decoding: bytes, as: UTF8.self))")
                if let first = WireClient.Answer(answer) {
                    #expect(
                        (200..<500).contains(first.status) || first.status == 501 || first.status == 505, "\(first)")
                    #expect(!first.text.contains("Sources/"))
                } else {
                    #expect(answer.isEmpty, "round \(round): \(String(decoding: answer, as: UTF8.self))")
                }
            }
            #expect(await client.ask("GET", "/v1/ping")?.text == "pong")
            #expect(service.health["queued"] == 0)
        }
    }

    static let wrongBodies: [[UInt8]] = [
        [0xFF, 0xFE, 0x7B], Array(#"{"program":""#.utf8) + [0xC3, 0x28] + Array(#"","language":"python"}"#.utf8),
        Array(#"{"program":"\ud800","language":"python"}"#.utf8), Array(repeating: 0x5B, count: 100_000),
        Array(#"{"program":"1","language":"python","program":"2"#.utf8), Array("nul".utf8), [],
        Array(#"{"program":1e999,"language":"python"}"#.utf8),
    ]

    @Test("bodies that are no JSON are a problem with a code, at every address", arguments: wrongBodies)
    func wrongJSON(body: [UInt8]) async throws {
        try await RunningServer.with { client, service in
            for route in HTTPRoutes(service: service).all where "\(route.method)" == "POST" {
                let head =
                    "POST \(route.path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: \(body.count)\r\nConnection: close\r\n\r\n"
                let bytes = try #require(await client.sendAll(Array(head.utf8) + body, within: 20, closesOutput: false))
                let answer = try #require(WireClient.Answer(bytes))
                #expect(answer.status == 400, "\(route.path): \(answer.text)")
                #expect(answer.headers["content-type"] == "application/problem+json")
                #expect(answer.json?["code"] == "invalid_json")
            }
        }
    }

    @Test("a body that comes too slowly is given up")
    func slowBodies() async throws {
        try await RunningServer.with(place: { $0.idleTime = .milliseconds(500) }) { client, _ in
            let text =
                "POST /v1/run HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
            let start = ContinuousClock.now
            let answer = await client.send(text)
            #expect(answer == nil || answer?.status == 422)
            #expect(ContinuousClock.now - start < .seconds(20))
            #expect(await client.ask("GET", "/v1/ping")?.text == "pong")
        }
    }

    @Test("a head that comes too slowly is given up")
    func slowHeads() async throws {
        try await RunningServer.with(place: { $0.idleTime = .milliseconds(500) }) { client, _ in
            let answer = await client.send("GET /v1/ping HTTP/1.1\r\nHost: loc")
            #expect(answer == nil || answer?.status == 408, "\(answer?.text ?? "")")
            #expect(await client.ask("GET", "/v1/ping")?.text == "pong")
        }
    }
}
