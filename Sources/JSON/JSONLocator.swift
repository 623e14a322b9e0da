/// Finds the line and column of the value at a path by walking a text that is already known to be valid.
///
/// The parser keeps no positions, because nobody asks for them until something is wrong; then one walk is cheap.
public struct JSONLocator: Sendable {
    private let bytes: [UInt8]

    /// Makes a locator for a valid JSON text.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The line and column, both counted from 1, of the value at a path.
    ///
    /// - Returns: The place of the nearest value above when the path leads nowhere (a missing member is reported where
    ///   its object begins); nil when the text is not JSON.
    public func locate(_ path: JSONPath) -> (line: Int, column: Int)? {
        var cursor = 0
        skipBlanks(&cursor)
        for step in path.steps {
            guard let next = enter(step, from: cursor) else { break }
            cursor = next
        }
        guard cursor < bytes.count else { return nil }
        return Self.place(of: cursor, in: bytes)
    }

    /// The line and column of a byte; columns count characters, not bytes.
    static func place(of offset: Int, in bytes: [UInt8]) -> (line: Int, column: Int) {
        var line = 1
        var column = 1
        for byte in bytes.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return (line, column)
    }

    // MARK: -

    private func enter(_ step: JSONPath.Step, from start: Int) -> Int? {
        guard start < bytes.count else { return nil }
        var cursor = start
        switch (step, bytes[cursor]) {
        case (.index(let wanted), UInt8(ascii: "[")):
            cursor += 1
            skipBlanks(&cursor)
            for _ in 0..<wanted {
                skipValue(&cursor)
                skipBlanks(&cursor)
                guard cursor < bytes.count, bytes[cursor] == UInt8(ascii: ",") else { return nil }
                cursor += 1
                skipBlanks(&cursor)
            }
            return cursor < bytes.count && bytes[cursor] != UInt8(ascii: "]") ? cursor : nil
        case (.key(let wanted), UInt8(ascii: "{")):
            cursor += 1
            while true {
                skipBlanks(&cursor)
                let keyStart = cursor
                guard cursor < bytes.count, bytes[cursor] == UInt8(ascii: "\"") else { return nil }
                skipValue(&cursor)
                // A key may be written with escapes, so it is read and not compared byte by byte.
                let key = try? JSONValue.parse(Array(bytes[keyStart..<cursor])).string
                skipBlanks(&cursor)
                cursor += 1
                skipBlanks(&cursor)
                if key == wanted { return cursor < bytes.count ? cursor : nil }
                skipValue(&cursor)
                skipBlanks(&cursor)
                guard cursor < bytes.count, bytes[cursor] == UInt8(ascii: ",") else { return nil }
                cursor += 1
            }
        default:
            return nil
        }
    }

    private func skipBlanks(_ cursor: inout Int) {
        while cursor < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[cursor]) { cursor += 1 }
    }

    /// Moves past one value: a string, or everything up to the comma or bracket that ends it at its own depth.
    private func skipValue(_ cursor: inout Int) {
        var depth = 0
        while cursor < bytes.count {
            switch bytes[cursor] {
            case UInt8(ascii: "\""):
                skipString(&cursor)
                if depth == 0 { return }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return }
                depth -= 1
                if depth == 0 {
                    cursor += 1
                    return
                }
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                if depth == 0 { return }
            default:
                break
            }
            cursor += 1
        }
    }

    private func skipString(_ cursor: inout Int) {
        cursor += 1
        while cursor < bytes.count, bytes[cursor] != UInt8(ascii: "\"") {
            cursor += bytes[cursor] == UInt8(ascii: "\\") ? 2 : 1
        }
        cursor = min(cursor + 1, bytes.count)
    }
}
