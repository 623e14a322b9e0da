/// The system headers that a program includes before it does anything else.
///
/// Only comments and empty lines may stand before and between them. A line that is anything more than
/// `#include <name>`, with a name of the list, ends them: what is precompiled is made of names that the plugin knows,
/// never of a program's text.
struct LeadingIncludes: Sendable, Hashable {
    /// The headers in their order.
    let headers: [String]
    /// Whether they are the first lines of the program, so that a header is included at the same line of both.
    let areFirstLines: Bool

    /// Finds the includes; nil when the program starts with something else.
    init?(of source: [UInt8], known: Set<String>) {
        var headers: [String] = []
        var areFirstLines = true
        var rest = source[...]
        var line = 0
        while !rest.isEmpty {
            let end = rest.firstIndex(of: 0x0A)
            var text = rest[..<(end ?? rest.endIndex)]
            rest = end.map { rest[($0 + 1)...] } ?? []
            line += 1
            // A backslash at the end joins the next line to this one.
            guard text.last(where: { !Self.isBlank($0) }) != UInt8(ascii: "\\") else { break }
            text = Self.trimmed(text)
            if text.isEmpty || text.starts(with: "//".utf8) { continue }
            if text.starts(with: "/*".utf8) {
                guard let after = Self.afterComment(text.dropFirst(2), &rest, &line) else { break }
                if Self.trimmed(after).isEmpty { continue }
                break
            }
            guard let name = Self.included(text), known.contains(name) else { break }
            headers.append(name)
            // Known names are few, yet a program may repeat them for ever.
            guard headers.count <= 200 else { return nil }
            if line != headers.count { areFirstLines = false }
        }
        guard !headers.isEmpty else { return nil }
        self.headers = headers
        self.areFirstLines = areFirstLines
    }

    /// The includes as a program of their own, one a line.
    var text: [UInt8] { headers.flatMap { Array("#include <\($0)>\n".utf8) } }

    // MARK: -

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let start = text.drop(while: isBlank)
        return start[..<((start.lastIndex { !isBlank($0) } ?? start.startIndex - 1) + 1)]
    }

    /// What follows a comment on the line that it ends on; nil when it does not end.
    private static func afterComment(
        _ text: ArraySlice<UInt8>, _ rest: inout ArraySlice<UInt8>, _ line: inout Int
    ) -> ArraySlice<UInt8>? {
        var text = text
        while true {
            var star = false
            for index in text.indices {
                // A comment's end may be split by a backslash; one that holds any is left alone.
                if text[index] == UInt8(ascii: "\\") { return nil }
                if star && text[index] == UInt8(ascii: "/") { return text[(index + 1)...] }
                star = text[index] == UInt8(ascii: "*")
            }
            guard !rest.isEmpty else { return nil }
            let end = rest.firstIndex(of: 0x0A)
            text = rest[..<(end ?? rest.endIndex)]
            rest = end.map { rest[($0 + 1)...] } ?? []
            line += 1
        }
    }

    /// The header of a line that is an include, with nothing behind it but a comment.
    private static func included(_ line: ArraySlice<UInt8>) -> String? {
        guard line.first == UInt8(ascii: "#") else { return nil }
        var rest = line.dropFirst().drop(while: isBlank)
        guard rest.starts(with: "include".utf8) else { return nil }
        rest = rest.dropFirst(7).drop(while: isBlank)
        guard rest.first == UInt8(ascii: "<"), let close = rest.firstIndex(of: UInt8(ascii: ">")) else { return nil }
        let after = rest[(close + 1)...].drop(while: isBlank)
        guard after.isEmpty || after.starts(with: "//".utf8) else { return nil }
        let name = rest[(rest.startIndex + 1)..<close]
        guard name.count <= 100 else { return nil }
        return String(decoding: name, as: UTF8.self)
    }
}
