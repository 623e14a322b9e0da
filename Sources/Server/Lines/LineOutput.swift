import JSON
import Pipeline

/// Answers on standard output, written whole and on a thread of their own.
actor LineOutput {
    private let executor = ThreadExecutor(name: "answers")
    private let sink: LineSink

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Makes an output.
    init(_ sink: LineSink) { self.sink = sink }

    /// Writes an answer; waits while nobody reads.
    ///
    /// - Throws: `PipelineError` when nobody will.
    func write(_ object: JSONObject) throws(PipelineError) {
        var writer = JSONWriter()
        writer.write(.object(object))
        writer.endLine()
        try sink.write(writer.bytes)
    }
}
