import JSON

/// A file of JSON lines that grows with a run; a run that goes on first takes away what came after its checkpoint.
struct LineLog: Sendable {
    private let sink: LineSink

    /// Opens a file.
    ///
    /// - Parameter isKept: Whether a line belongs to what was kept; nil begins anew.
    init(_ path: String, keeping isKept: ((JSONValue) -> Bool)? = nil) throws(PipelineError) {
        var bytes = 0
        if let isKept, Folder.exists(path) {
            let content = try ReadableFile(path).bytes(limit: 1 << 30)
            for line in content.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
                guard let value = try? JSONValue.parse(Array(line)), isKept(value) else { break }
                bytes += line.count + 1
            }
        }
        sink = try .file(path, keeping: bytes)
    }

    /// Adds a line.
    func append(_ line: JSONObject) throws(PipelineError) {
        try sink.write(JSONValue.object(line).serializedBytes() + [0x0A])
    }
}
