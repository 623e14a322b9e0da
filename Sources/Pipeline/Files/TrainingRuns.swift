import Glibc
public import JSON

/// The training runs below one folder: folders that hold a file of metrics, one JSON object a step.
///
/// A request names a run, and what it names is looked for among those that are there: it is never a path.
public actor TrainingRuns {
    /// The file by which a folder is a run.
    public static let metricsFile = "metrics.jsonl"

    private static let longestLine = 1 << 20
    private static let mostRuns = 500
    private static let mostSteps = 2000

    private struct Run {
        var name: String
        var bytes: Int
        var changed: Int
    }

    private let folder: String
    private let executor = ThreadExecutor(name: "runs")

    /// The thread that reads.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Makes a view of a folder.
    ///
    /// - Throws: `PipelineError` when it is none.
    public init(_ folder: String) throws(PipelineError) {
        guard let stream = opendir(folder) else {
            throw PipelineError(.user, "cannot read '\(folder)': \(SystemFailure.text())")
        }
        closedir(stream)
        self.folder = folder
    }

    /// The runs, the one that was written last first.
    public var listing: [JSONValue] {
        runs.map { ["name": .string($0.name), "bytes": .integer(Int64($0.bytes))] }
    }

    /// The numbers of each step of a run, thinned evenly where the steps are many; torn lines are left out.
    ///
    /// - Returns: The steps, or nil when there is no such run, or it cannot be read.
    public func steps(of name: String) -> [JSONValue]? {
        guard runs.contains(where: { $0.name == name }) else { return nil }
        let descriptor = open(path(of: name), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var reader = JSONLineReader(descriptor: descriptor, maximumLineLength: Self.longestLine)
        var steps: [JSONValue] = []
        var stride = 1
        var place = 0
        while let line = try? reader.next() {
            defer { place += 1 }
            guard place.isMultiple(of: stride), let step = Self.numbers(line) else { continue }
            steps.append(step)
            if steps.count == Self.mostSteps {
                steps = steps.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
                stride *= 2
            }
        }
        return steps
    }

    // MARK: -

    private func path(of name: String) -> String { "\(folder)/\(name)/\(Self.metricsFile)" }

    private var runs: [Run] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var runs: [Run] = []
        while let entry = readdir(stream), runs.count < Self.mostRuns {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            var status = stat()
            guard name != ".", name != "..", stat(path(of: name), &status) == 0, status.st_mode & S_IFMT == S_IFREG
            else { continue }
            runs.append(Run(name: name, bytes: Int(status.st_size), changed: status.st_mtim.tv_sec))
        }
        return runs.sorted { ($1.changed, $0.name) < ($0.changed, $1.name) }
    }

    private static func numbers(_ line: JSONLine) -> JSONValue? {
        guard let members = (try? line.parse())?.object else { return nil }
        return .object(JSONObject(members.filter { $0.1.double != nil }.map { ($0.0, $0.1) }))
    }
}
