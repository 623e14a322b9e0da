/// The source of a program that a person named, checked for what no language takes.
public struct ProgramFile: Sendable {
    /// The largest source that is run: 16 MiB.
    public static let largest = 16 << 20

    /// What messages call it.
    public let name: String
    /// The bytes: valid UTF-8 without NUL.
    public let bytes: [UInt8]

    /// The extension without its dot, such as `py`, or nil for standard input and names without one.
    public var fileExtension: String? {
        guard let file = name.split(separator: "/").last, let dot = file.lastIndex(of: "."), dot > file.startIndex
        else { return nil }
        return String(file[file.index(after: dot)...])
    }

    /// Reads a file, or standard input for `-`.
    ///
    /// - Throws: `PipelineError` that gives the line and column of the first byte that is out of place.
    public init(_ path: String) throws(PipelineError) {
        let file = try ReadableFile(path)
        name = file.name
        bytes = try file.bytes(limit: Self.largest)
        if bytes.isEmpty { throw PipelineError(.user, "'\(name)' is empty") }
        if let offset = bytes.firstIndex(of: 0) {
            throw PipelineError(
                .user,
                "\(place(of: offset)): a NUL byte",
                hint: "name the source of a program, not a binary"
            )
        }
        if let offset = UTF8Check.firstInvalidByte(in: bytes) {
            throw PipelineError(
                .user,
                "\(place(of: offset)): not UTF-8",
                hint: "convert it, for instance with 'iconv -f LATIN1 -t UTF-8'"
            )
        }
    }

    private func place(of offset: Int) -> String {
        let lineStart = bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let line = bytes[..<lineStart].count(where: { $0 == UInt8(ascii: "\n") }) + 1
        let column = String(decoding: bytes[lineStart..<offset], as: UTF8.self).count + 1
        return "\(name):\(line):\(column)"
    }
}
