/// A pattern for one line: literal text, and captures in braces.
///
/// `{type}` is a dotted name, `{line}` a number, `{file}` the program's file with or without folders, `{message}`
/// and `{}` are anything up to the next literal text, or to the end of the line. There is no backtracking: a capture
/// ends where it first can, so a match costs at most the length of the line for each part, whatever a hostile
/// program prints.
public struct LinePattern: Sendable, Hashable {
    enum Part: Sendable, Hashable {
        case text([UInt8])
        case type, line, file, message, anything
    }

    /// What a match found.
    struct Captures: Equatable {
        var type: String?
        var message: String?
        var line: Int?
    }

    /// The pattern as it was written.
    public let text: String
    let parts: [Part]

    /// Reads a pattern; the error says what is wrong with it.
    init(_ text: String) throws(LinePatternError) {
        guard text.utf8.count <= 500 else { throw LinePatternError(message: "a pattern has at most 500 bytes") }
        var parts: [Part] = []
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            if open > rest.startIndex { parts.append(.text(Array(rest[..<open].utf8))) }
            let name = rest[rest.index(after: open)..<close]
            switch name {
            case "type": parts.append(.type)
            case "line": parts.append(.line)
            case "file": parts.append(.file)
            case "message": parts.append(.message)
            case "": parts.append(.anything)
            default:
                throw LinePatternError(
                    message: "unknown capture {\(name)}; known are {type}, {line}, {file}, {message} and {}")
            }
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(Array(rest.utf8))) }
        for (part, next) in zip(parts, parts.dropFirst()) where part == .message || part == .anything {
            guard case .text = next else {
                throw LinePatternError(message: "{message} and {} must be followed by literal text, or end the pattern")
            }
        }
        self.text = text
        self.parts = parts
    }

    /// What the captures hold when the whole line matches; nil when it does not.
    func match(_ line: ArraySlice<UInt8>, file: String) -> Captures? {
        var captures = Captures()
        var rest = line
        var index = 0
        while index < parts.count {
            switch parts[index] {
            case .text(let literal):
                guard rest.starts(with: literal) else { return nil }
                rest = rest.dropFirst(literal.count)
            case .type:
                guard let name = Self.name(at: rest) else { return nil }
                captures.type = String(decoding: name, as: UTF8.self)
                rest = rest[name.endIndex...]
            case .line:
                let digits = rest.prefix { (0x30...0x39).contains($0) }
                guard !digits.isEmpty, digits.count <= 9 else { return nil }
                captures.line = Int(String(decoding: digits, as: UTF8.self))
                rest = rest[digits.endIndex...]
            case .file:
                guard let end = Self.end(of: file, at: rest) else { return nil }
                rest = rest[end...]
            case .message, .anything:
                var found = rest
                if index + 1 < parts.count, case .text(let literal) = parts[index + 1] {
                    guard let start = Self.firstIndex(of: literal, in: rest) else { return nil }
                    found = rest[..<start]
                }
                if parts[index] == .message { captures.message = String(decoding: found, as: UTF8.self) }
                rest = rest[found.endIndex...]
            }
            index += 1
        }
        return rest.isEmpty ? captures : nil
    }

    // MARK: -

    /// The longest dotted name at the start; `::` joins names too.
    private static func name(at bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var end = bytes.startIndex
        while end < bytes.endIndex {
            switch bytes[end] {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
                UInt8(ascii: "$"):
                end += 1
            case 0x30...0x39 where end > bytes.startIndex, UInt8(ascii: ".") where end > bytes.startIndex:
                end += 1
            case UInt8(ascii: "-") where end > bytes.startIndex && end + 1 < bytes.endIndex && isLetter(bytes[end + 1]):
                // Lisp's names.
                end += 1
            case UInt8(ascii: ":") where end + 2 < bytes.endIndex && bytes[end + 1] == UInt8(ascii: ":"):
                end += 2
            default:
                return end > bytes.startIndex ? bytes[..<end] : nil
            }
        }
        return end > bytes.startIndex ? bytes[..<end] : nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// Where the program's file ends, with folders before it or without.
    private static func end(of file: String, at bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>.Index? {
        let name = Array(file.utf8)
        var start = bytes.startIndex
        while true {
            if bytes[start...].starts(with: name) { return start + name.count }
            // One folder more.
            guard let slash = bytes[start...].firstIndex(of: UInt8(ascii: "/")) else { return nil }
            let folder = bytes[start..<slash]
            if folder.contains(where: { $0 == 0x20 || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "(") }) {
                return nil
            }
            start = slash + 1
        }
    }

    private static func firstIndex(of literal: [UInt8], in bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>.Index? {
        guard let first = literal.first, bytes.count >= literal.count else { return nil }
        var start = bytes.startIndex
        while start + literal.count <= bytes.endIndex {
            if bytes[start] == first, bytes[start...].starts(with: literal) { return start }
            start += 1
        }
        return nil
    }
}

/// What is wrong with a pattern.
struct LinePatternError: Error {
    let message: String
}
