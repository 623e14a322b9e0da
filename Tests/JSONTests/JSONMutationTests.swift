import JSON
import Testing

/// Random edits of valid texts: none may trap, and each is read or refused with a place.
@Suite("Mutated JSON never traps")
struct JSONMutationTests {
    static let seeds = [
        #"{"id":"a","task":{"version":1,"kind":"tests","tests":[{"name":"é","args":[1,-2.5e3,null,true]}]}}"#,
        "{\n  \"run\": {\"command\": [\"gcc\", \"-O2\", \"{source}\"]},\n  \"limits\": {\"cpu_ms\": 1e3}\n}",
        #"["\u00e9\ud83d\ude00","\\\"",[[[[]]]],{"":{"":{}}}]"#,
    ]

    @Test("every mutation is read or refused with a line and a column", arguments: seeds)
    func mutations(seed: String) {
        var random = SplitMix(state: 20_240_601)
        let interesting = Array("{}[]\",:\\u0129eE+-.tfn \n\0\u{7F}".utf8) + [0x80, 0xC3, 0xED, 0xF4, 0xFF]
        for _ in 0..<20_000 {
            var bytes = Array(seed.utf8)
            for _ in 0...Int.random(in: 0..<4, using: &random) {
                let place = Int.random(in: 0..<max(1, bytes.count), using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0 where !bytes.isEmpty: bytes.remove(at: place)
                case 1: bytes.insert(interesting.randomElement(using: &random) ?? 0, at: place)
                case 2 where !bytes.isEmpty: bytes[place] = interesting.randomElement(using: &random) ?? 0
                default: bytes = Array(bytes[..<place]) + bytes[(place / 2)...]
                }
            }
            do throws(JSONError) {
                let value = try JSONValue.parse(bytes)
                #expect(throws: Never.self) { try JSONValue.parse(value.serialized()) }
                // A walk along any path of a valid text ends, somewhere in the text.
                let path = JSONPath([.key("task"), .key("tests"), .index(0), .key("args"), .index(3)])
                #expect(JSONLocator(bytes).locate(path) != nil)
            } catch {
                #expect(error.line >= 1 && error.column >= 1 && !error.message.isEmpty)
            }
            // The locator is only promised valid texts, and must end on the others too.
            _ = JSONLocator(bytes).locate(JSONPath([.key("run"), .key("command"), .index(2)]))
        }
    }
}

/// A small generator of random numbers with a seed.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
