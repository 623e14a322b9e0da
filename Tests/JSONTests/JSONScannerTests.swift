import Testing

@testable import JSON

/// The scanner beside jansson, which is the judge of what is JSON.
@Suite("The scanner reads what jansson reads")
struct JSONScannerTests {
    /// What came of a text: its value, or the error with its place.
    private enum Outcome: Equatable {
        case value(JSONValue)
        case error(JSONError)
    }

    private func byJansson(_ bytes: [UInt8], _ limits: JSONLimits) -> Outcome {
        do throws(JSONError) {
            return .value(try JSONValue.parseWithJansson(bytes, limits: limits))
        } catch {
            return .error(error)
        }
    }

    private func byScanner(_ bytes: [UInt8], _ limits: JSONLimits) -> JSONValue? {
        bytes.withUnsafeBufferPointer { JSONScanner.value(of: $0, depthLimit: limits.depth) }
    }

    /// Holds the two against one another; a text that jansson reads must not have to go the long way.
    private func compare(_ bytes: [UInt8], limits: JSONLimits = .standard) {
        let scanned = byScanner(bytes, limits)
        let outcome = byJansson(bytes, limits)
        switch outcome {
        case .value(let value):
            #expect(scanned == value, "\(String(decoding: bytes, as: UTF8.self))")
            // Equality does not ask for the order of keys, and takes -0.0 for 0.0.
            if let scanned { #expect(scanned.serializedBytes() == value.serializedBytes()) }
        case .error(let error):
            #expect(scanned == nil, "\(String(decoding: bytes, as: UTF8.self)): \(error)")
        }
    }

    static let texts = [
        "null", " true ", "false", "truex", "nul", "-", "-0", "0", "00", "01", "-01", "1.", ".5", "1.5", "-0.0", "1e5",
        "1E+05",
        "1e", "1e-", "1e-400", "4.9e-324", "2e-324", "1.7976931348623157e308", "1.7976931348623159e308", "1e309",
        "-1e309",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809",
        "18446744073709551616", "123456789012345678901234567890", "0.1234567890123456789012345678901234567890", "1x",
        "1 2",
        #""""#, #""a"#, #""\"#, #""\u"#, #""\u00"#, #""\u12G4""#, #""\u0000""#, #"{"\u0000": 1}"#, #""\ud83d\ude00""#,
        #""\ud83d""#, #""\ud83d\n""#, #""\ud83dx""#, #""\ude00""#, #""\ud83d\ud83d""#, #""\uD83D\uDE00\u00e9é""#,
        #""\'""#,
        #""\/\b\f\n\r\t\\\"""#, "\"\u{7F}\"", "\"tab\tinside\"", "\"line\ninside\"", "[]", "[", "]", "[,]", "[1,]",
        "[1 2]",
        "{}", "{", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{a:1}"#, #"{"a":1"b":2}"#, #"{"a":1,"a":1}"#,
        #"{"":{"":[]}}"#,
        #"{"é":1,"e\#u{301}":2}"#, #"{"\u00e9":1,"é":2}"#, "\u{FEFF}{}", "\u{A0}1", "1\u{B}", "\u{C}1", "/**/1", "NaN",
        "Infinity",
        #"{"a":[{"b":[[[[1]]]]},2.5,"x"],"c":{}}"#,
    ]

    @Test("single texts", arguments: texts)
    func single(text: String) { compare(Array(text.utf8)) }

    @Test("bytes that are not UTF-8, NULs and control characters at every place of a word")
    func bytes() {
        let sequences: [[UInt8]] = [
            [0x00], [0x01], [0x1F], [0x20], [0x7F], [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0xA9],
            [0xE0, 0x80, 0x80], [0xE2, 0x86, 0x92], [0xE2, 0x86], [0xED, 0xA0, 0x80], [0xED, 0x9F, 0xBF],
            [0xEF, 0xBF, 0xBF],
            [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x9F, 0x98, 0x80], [0xF4, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
            [0xFF],
            Array(#"\n"#.utf8), Array(#"\u00e9"#.utf8), Array(#"\""#.utf8), Array(#"""#.utf8),
        ]
        for sequence in sequences {
            for before in 0...17 {
                for after in 0...9 {
                    let padding = { (count: Int) in [UInt8](repeating: UInt8(ascii: "x"), count: count) }
                    compare([0x22] + padding(before) + sequence + padding(after) + [0x22])
                }
            }
        }
    }

    @Test("the depth is bounded at the same level", arguments: [1, 2, 3, 256, 2000])
    func depth(limit: Int) {
        for depth in [limit - 1, limit, limit + 1] {
            for (opening, closing) in [("[", "]"), (#"{"a":"#, "}")] {
                let text = String(repeating: opening, count: depth) + "1" + String(repeating: closing, count: depth)
                compare(Array(text.utf8), limits: JSONLimits(depth: limit))
            }
            // Side by side is not deeper.
            let flat = "[" + repeatElement("[[]]", count: 10).joined(separator: ",") + "]"
            compare(Array(flat.utf8), limits: JSONLimits(depth: limit))
        }
    }

    @Test("objects of many members, with and without a key that comes twice", arguments: [1, 15, 16, 17, 18, 40, 1000])
    func manyMembers(count: Int) throws {
        let members = (0..<count).map { #""key\#($0)":\#($0)"# }
        let text = "{" + members.joined(separator: ",") + "}"
        compare(Array(text.utf8))
        #expect(try JSONValue.parse(text).object?.keys == (0..<count).map { "key\($0)" })
        compare(Array(("{" + (members + [members[count / 2]]).joined(separator: ",") + "}").utf8))
    }

    @Test("random mutations of valid texts", arguments: JSONMutationTests.seeds)
    func mutations(seed: String) {
        var random = SplitMix(state: 20_240_917)
        let interesting = Array("{}[]\",:\\u0129eE+-.tfn \n\0\u{7F}".utf8) + [0x80, 0xC3, 0xA9, 0xED, 0xF4, 0xFF]
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
            compare(bytes)
        }
    }

    @Test("random bytes, and random tokens put one behind the other")
    func noise() {
        var random = SplitMix(state: 7)
        let tokens = [
            "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\"", #""\u00e9""#, "1", "-2", "3.5", "1e3", "true", "false",
            "null", " ", "\n",
            "\"", "\\", "é",
        ]
        for _ in 0..<20_000 {
            compare((0..<Int.random(in: 0..<24, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) })
            let count = Int.random(in: 0..<14, using: &random)
            compare((0..<count).flatMap { _ in Array((tokens.randomElement(using: &random) ?? "").utf8) })
        }
    }

    @Test("random numbers")
    func numbers() {
        var random = SplitMix(state: 11)
        for _ in 0..<20_000 {
            compare(Array("\(Double(bitPattern: random.next()))".utf8))
            var digits = ""
            for _ in 0..<Int.random(in: 1..<25, using: &random) {
                digits += String(Int.random(in: 0...9, using: &random))
            }
            let exponent = Int.random(in: -340...320, using: &random)
            for text in [digits, "-" + digits, "1." + digits, "1.\(digits)e\(exponent)"] { compare(Array(text.utf8)) }
        }
    }
}
