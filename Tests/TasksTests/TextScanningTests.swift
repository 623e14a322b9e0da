import Testing

@testable import Tasks

/// The scanners of bytes beside slow ones that are written as one would say it.
@Suite("Texts are scanned as one would say it")
struct TextScanningTests {
    /// Texts of the pieces that decide: fences, blanks, line ends, tags, marks of reasoning.
    private static let texts: [String] = {
        var random = RandomBits(state: 20_241_121)
        let pieces = [
            "\n", "\n", "\n", "\r\n", "\r", " ", "  ", "\t", "```", "```", "````", "~~~", "`", "answer_stdout",
            "answer_stderr",
            "answer_", "python", "x", "1 2", "é", "e\u{301}", "→", "😀", "<think>", "</think>", "<", "</think", "\u{B}",
            "\u{2003}",
            "```answer_stdout\n", "```\n", "\n```", "",
        ]
        return (0..<6000).map { _ in
            (0..<Int.random(in: 0..<16, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
                .joined()
        }
    }()

    private static func lines(_ text: String) -> [[UInt8]] {
        Array(text.utf8).split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    }

    private static func normalised(_ text: String) -> [UInt8] {
        var kept = lines(text).map { line in Array(line.reversed().drop { [0x20, 0x09, 0x0D].contains($0) }.reversed())
        }
        while kept.first?.isEmpty == true { kept.removeFirst() }
        while kept.last?.isEmpty == true { kept.removeLast() }
        return Array(kept.joined(separator: [0x0A]))
    }

    @Test("lines end at line feeds")
    func lines() {
        for text in Self.texts {
            #expect(TextLines.split(text).map { Array($0.utf8) } == Self.lines(text))
            let part = text.dropFirst(2).dropLast()
            #expect(TextLines.split(part).map { Array($0.utf8) } == Self.lines(String(part)))
        }
    }

    @Test("the normaliser drops blanks at the ends of lines and blank lines around")
    func normaliser() {
        for text in Self.texts { #expect(Array(Normaliser.normalise(text).utf8) == Self.normalised(text)) }
    }

    @Test("two texts are equal when their normal forms are")
    func equality() {
        var random = RandomBits(state: 3)
        for text in Self.texts {
            // Blanks put in here and there make texts that are equal for the normaliser and not byte by byte.
            var other: [UInt8] = []
            for byte in text.utf8 {
                if byte == 0x0A, Bool.random(using: &random) { other += [0x20, 0x0D] }
                other.append(byte)
                if Int.random(in: 0..<60, using: &random) == 0 { other += [0x20, 0x0A] }
            }
            let twin = String(decoding: other, as: UTF8.self)
            let neighbour = Self.texts.randomElement(using: &random) ?? ""
            for candidate in [text, twin, text + "\n \n", "\n" + text, neighbour] {
                let expected = Self.normalised(text) == Self.normalised(candidate)
                #expect(Comparator.trimmed.matches(actual: text, expected: candidate) == expected)
                #expect(Comparator.trimmed.matches(actual: candidate, expected: text) == expected)
            }
        }
    }

    @Test("words are what stands between blanks")
    func words() {
        var random = RandomBits(state: 5)
        func words(_ text: String) -> [[UInt8]] {
            Array(text.utf8).split { $0 == 0x20 || (0x09...0x0D).contains($0) }.map(Array.init)
        }
        for text in Self.texts {
            let neighbour = Self.texts.randomElement(using: &random) ?? ""
            for candidate in [text, " " + text + "\n", text + " x", neighbour] {
                let expected = words(text) == words(candidate)
                #expect(Comparator.tokens.matches(actual: text, expected: candidate) == expected)
            }
        }
    }

    @Test("what follows the reasoning is what follows the last mark of its end")
    func reasoning() {
        for text in Self.texts {
            let range = AnswerFormat.rangeAfterReasoning(text)
            let found = Array(Array(text.utf8)[range])
            let mark = Array("</think>".utf8)
            let bytes = Array(text.utf8)
            if let end = bytes.indices.last(where: { bytes[$0...].starts(with: mark) }) {
                #expect(found == Array(bytes[(end + mark.count)...]))
            } else if text.drop(while: \.isWhitespace).utf8.starts(with: "<think>".utf8) {
                #expect(found.isEmpty)
            } else {
                #expect(found == bytes)
            }
        }
    }

    @Test("fenced blocks are found line by line")
    func fences() {
        for text in Self.texts {
            let bytes = Array(text.utf8)
            let found = FencedBlock.all(in: bytes.span).map { Block(tag: $0.tag, text: Array(bytes[$0.content])) }
            #expect(found == Self.blocks(text), "\(text)")
        }
    }

    private struct Block: Equatable {
        var tag: String
        var text: [UInt8]
    }

    /// The blocks of a text, by splitting it into lines and these into words.
    private static func blocks(_ text: String) -> [Block] {
        struct Fence {
            let mark: UInt8
            let length: Int
            let tag: String

            init?(_ line: [UInt8]) {
                let bytes = line.drop { $0 == 0x20 || $0 == 0x09 }
                guard let first = bytes.first, first == UInt8(ascii: "`") || first == UInt8(ascii: "~") else {
                    return nil
                }
                let rest = bytes.drop { $0 == first }
                mark = first
                length = bytes.count - rest.count
                guard length >= 3, !rest.contains(first) else { return nil }
                let words = rest.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
                tag = words.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
            }
        }
        var blocks: [Block] = []
        var opening: Fence?
        var content: [[UInt8]] = []
        for line in lines(text) {
            let fence = Fence(line)
            guard let current = opening else {
                opening = fence
                content = []
                continue
            }
            if let fence, fence.mark == current.mark, fence.length >= current.length {
                if fence.tag.isEmpty {
                    blocks.append(Block(tag: current.tag, text: Array(content.joined(separator: [0x0A]))))
                    opening = nil
                    continue
                }
                if fence.tag.utf8.starts(with: "answer_".utf8) {
                    opening = fence
                    content = []
                    continue
                }
            }
            content.append(line)
        }
        return blocks
    }
}

/// A small generator of random numbers with a seed.
private struct RandomBits: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
