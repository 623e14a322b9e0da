import Curation
import JSON
import Tasks

/// Reads benchmarks whose parts are not to be among the snippets.
enum BenchmarkItems {
    /// The fields of a benchmark's line that may hold code or a problem.
    private static let fields = ["code", "prompt", "canonical_solution", "solution", "question", "content", "text"]

    /// Reads files: each JSON line is an item, and each other file is one.
    static func read(
        _ paths: [String], _ syntaxes: SyntaxTable, share: Double
    ) throws(PipelineError) -> Contamination {
        var contamination = Contamination(share: share)
        for source in try CurationSource.find(paths) {
            switch source.content {
            case .lines:
                var lines = LineStream(try ByteStream(source.path), limit: 16 << 20)
                var number = 0
                while let line = try lines.next() {
                    number += 1
                    guard let line, let json = try? JSONValue.parse(line), let object = json.object else { continue }
                    let name = ["id", "task_id", "name"].compactMap { object[$0]?.string }.first
                    let language = object["language"]?.string ?? "python"
                    for field in fields {
                        guard let text = object[field]?.string else { continue }
                        contamination.add(
                            Array(text.utf8), named: name ?? "\(source.path):\(number)",
                            syntax: syntaxes.syntax(of: language))
                    }
                }
            case .unreadable: break
            case .code(let fileExtension):
                let bytes = try ReadableFile(source.path).bytes(limit: 16 << 20)
                let language = syntaxes.language(ofExtension: fileExtension) ?? "text"
                contamination.add(bytes, named: source.path, syntax: syntaxes.syntax(of: language))
            }
        }
        return contamination
    }
}
