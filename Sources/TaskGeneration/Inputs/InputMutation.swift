import Tasks

/// Makes an input another of the same shape.
enum InputMutation {
    /// An input with some of its characters or arguments made others; nil when it has none that could be.
    static func mutated(_ input: ProgramInput, draws: inout Draws) -> ProgramInput? {
        var mutated = input
        if let call = input.call {
            guard let name = ProgramInput.functionName(of: call) else { return nil }
            let inside = Array(call.dropFirst(name.count + 1).dropLast().utf8)
            mutated.call = "\(name)(\(String(decoding: arguments(inside, &draws), as: UTF8.self)))"
        } else {
            mutated.stdin = characters(input.stdin, &draws)
        }
        return mutated == input ? nil : mutated
    }

    /// A text in which one to three digits or letters are others of their kind.
    static func characters(_ bytes: [UInt8], _ draws: inout Draws) -> [UInt8] {
        var bytes = bytes
        let places = bytes.indices.filter { kind(of: bytes[$0]) != nil }
        guard !places.isEmpty else { return bytes }
        for _ in 0...draws.below(3) {
            guard let place = draws.pick(places), let range = kind(of: bytes[place]) else { continue }
            bytes[place] = range.lowerBound + UInt8(draws.below(range.count))
        }
        return bytes
    }

    /// The bytes that can stand for one another: digits, small letters, capitals.
    private static func kind(of byte: UInt8) -> ClosedRange<UInt8>? {
        [0x30...0x39, UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z")]
            .first { $0.contains(byte) }
    }

    // MARK: - Arguments

    /// Arguments with one or more of their values changed, however deep they lie: numbers are shifted, scaled or negated,
    /// strings change by a character.
    private static func arguments(_ bytes: [UInt8], _ draws: inout Draws) -> [UInt8] {
        let values = spans(in: bytes)
        guard let must = draws.pick(Array(values.indices)) else { return bytes }
        var result: [UInt8] = []
        var cursor = 0
        for (index, span) in values.enumerated() {
            result += bytes[cursor..<span.range.lowerBound]
            let value = Array(bytes[span.range])
            if index == must || draws.happens(0.25) {
                result += span.isString ? string(value, &draws) : number(value, &draws)
            } else {
                result += value
            }
            cursor = span.range.upperBound
        }
        return result + bytes[cursor...]
    }

    /// The numbers and the strings of a list of literals.
    private static func spans(in bytes: [UInt8]) -> [(range: Range<Int>, isString: Bool)] {
        var spans: [(range: Range<Int>, isString: Bool)] = []
        var cursor = 0
        while cursor < bytes.count {
            let start = cursor
            if bytes[cursor] == UInt8(ascii: "\"") || bytes[cursor] == UInt8(ascii: "'") {
                cursor += 1
                while cursor < bytes.count, bytes[cursor] != bytes[start] {
                    cursor += bytes[cursor] == UInt8(ascii: "\\") ? 2 : 1
                }
                cursor = min(cursor + 1, bytes.count)
                spans.append((start..<cursor, true))
            } else if Lexer.isWordByte(bytes[cursor]) {
                while cursor < bytes.count, Lexer.isWordByte(bytes[cursor]) || bytes[cursor] == UInt8(ascii: ".") {
                    cursor += 1
                }
                if bytes[start..<cursor].allSatisfy({ Lexer.isDigit($0) || $0 == UInt8(ascii: ".") }) {
                    spans.append((start..<cursor, false))
                }
            } else {
                cursor += 1
            }
        }
        return spans
    }

    private static func string(_ bytes: [UInt8], _ draws: inout Draws) -> [UInt8] {
        guard bytes.count > 2 else {
            let quote = bytes.prefix(1)
            return quote + [UInt8(ascii: "a") + UInt8(draws.below(26))] + quote
        }
        // An escape is left as it is: half of one would be another.
        guard !bytes.contains(UInt8(ascii: "\\")) else { return bytes }
        return bytes.prefix(1) + characters(Array(bytes.dropFirst().dropLast()), &draws) + bytes.suffix(1)
    }

    private static func number(_ bytes: [UInt8], _ draws: inout Draws) -> [UInt8] {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let value = Int(text), value < 1 << 40 else { return characters(bytes, &draws) }
        let changed =
            switch draws.below(4) {
            case 0: value + 1 + draws.below(5)
            case 1: value - 1 - draws.below(5)
            case 2: value * (2 + draws.below(3))
            default: -value
            }
        return Array(String(changed).utf8)
    }
}
