import TestSupport
import Testing

@testable import Pipeline

@Suite("The reply of a server of chat completions")
struct EndpointReplyTests {
    private static let good = Array(
        """
        HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n\
        {"choices":[{"message":{"role":"assistant","content":"print(1)"}}],"usage":{"completion_tokens":4}}
        """.utf8)

    @Test("holds a completion and its tokens")
    func good() throws {
        let reply = try EndpointReply(Self.good)
        #expect(reply.text == "print(1)" && reply.tokens == 4)
    }

    @Test(
        "that holds none says why",
        arguments: [
            ("", "cut off"), ("HTTP/1.1 200 OK\r\n", "cut off"), ("HTTP/1.1 200 OK\r\n\r\n<html>", "no JSON"),
            ("HTTP/1.1 200 OK\r\n\r\n{}", "no completion"), ("rubbish\r\n\r\n{}", "rubbish"),
            ("HTTP/1.1 503 Busy\r\n\r\n{\"error\":{\"message\":\"later\"}}", "later"),
            ("HTTP/1.1 422 No\r\n\r\n{\"detail\":\"bad model\"}", "bad model"),
        ])
    func bad(text: String, says: String) {
        let fault = #expect(throws: EndpointReply.Fault.self) { try EndpointReply(Array(text.utf8)) }
        #expect(fault?.message.contains(says) == true, "\(fault?.message ?? "")")
    }

    @Test("never traps, whatever is done to its bytes", arguments: 0..<10 as Range<UInt64>)
    func mutations(seed: UInt64) {
        var random = SplitMix(state: seed)
        var refused = 0
        for _ in 0..<500 {
            do throws(EndpointReply.Fault) {
                #expect(try EndpointReply(random.mutate(Self.good, near: 64)).tokens >= 0)
            } catch {
                #expect(!error.message.isEmpty)
                refused += 1
            }
        }
        #expect((50..<500).contains(refused))
    }
}
