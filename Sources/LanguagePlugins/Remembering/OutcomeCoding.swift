import Tasks

/// Outcomes as bytes, and back.
///
/// Whole numbers have eight bytes, the lowest first; texts and outputs stand behind their length; what may be missing
/// stands behind a 0 or a 1. What does not fit that to the last byte is no outcome.
enum OutcomeCoding {
    /// An outcome as bytes; the time in the queue is left out, for it says nothing about the program.
    static func bytes(of outcome: RunOutcome) -> [UInt8] {
        var writer = ByteWriter()
        writer.optional(outcome.compile) { writer, compile in
            writer.text(compile.verdict.rawValue)
            writer.duration(compile.wallTime)
            writer.block(compile.stdout)
            writer.block(compile.stderr)
            writer.text(compile.remark)
        }
        writer.optional(outcome.record) { writer, record in
            writer.result(record)
            writer.duration(record.usage.cpuTime)
            writer.duration(record.usage.wallTime)
            writer.number(record.usage.peakMemory)
            writer.number(record.usage.processes)
        }
        return writer.bytes
    }

    /// What must be equal for two runs of a program to count as equal: everything but what they used.
    static func digest(of outcome: RunOutcome) -> Digest {
        var writer = ByteWriter()
        writer.optional(outcome.compile) { writer, compile in
            writer.text(compile.verdict.rawValue)
            writer.block(compile.stdout)
            writer.block(compile.stderr)
            writer.text(compile.remark)
        }
        writer.optional(outcome.record) { writer, record in writer.result(record) }
        return SHA256.hash(writer.bytes)
    }

    /// Reads an outcome; nil when the bytes are none.
    static func outcome(from bytes: ArraySlice<UInt8>) -> RunOutcome? {
        var reader = ByteReader(bytes)
        do throws(ByteReader.Malformed) {
            let compile = try reader.optional { reader throws(ByteReader.Malformed) -> CompileRecord in
                var compile = CompileRecord(
                    verdict: try reader.verdict(), cached: true, wallTime: try reader.duration(),
                    stdout: try reader.block(), stderr: try reader.block())
                compile.remark = try reader.text()
                return compile
            }
            let record = try reader.optional { reader throws(ByteReader.Malformed) in
                var record = try reader.result()
                record.usage = Usage(
                    cpuTime: try reader.duration(), wallTime: try reader.duration(), peakMemory: try reader.number(),
                    processes: try reader.number())
                return record
            }
            guard reader.isAtEnd, compile != nil || record != nil else { return nil }
            return RunOutcome(compile: compile, record: record, executionTime: .zero, queueTime: .zero)
        } catch {
            return nil
        }
    }
}

extension ByteWriter {
    fileprivate mutating func result(_ record: ExecutionRecord) {
        text(record.verdict.rawValue)
        block(record.stdout)
        block(record.stderr)
        number((record.stdoutTruncated ? 1 : 0) + (record.stderrTruncated ? 2 : 0))
        optional(record.exitCode) { $0.number(Int($1)) }
        optional(record.signal) { $0.number(Int($1)) }
        optional(record.failure) { writer, failure in
            writer.optional(failure.type) { $0.text($1) }
            writer.optional(failure.message) { $0.text($1) }
            writer.optional(failure.line) { $0.number($1) }
        }
    }
}

extension ByteReader {
    fileprivate mutating func verdict() throws(Malformed) -> Verdict {
        guard let verdict = Verdict(rawValue: try text()), verdict != .internalError else { throw Malformed() }
        return verdict
    }

    fileprivate mutating func result() throws(Malformed) -> ExecutionRecord {
        var record = ExecutionRecord(verdict: try verdict(), stdout: try block(), stderr: try block())
        let flags = try number()
        guard (0...3).contains(flags) else { throw Malformed() }
        record.stdoutTruncated = flags & 1 != 0
        record.stderrTruncated = flags & 2 != 0
        record.exitCode = try optional { reader throws(Malformed) in try reader.number32() }
        record.signal = try optional { reader throws(Malformed) in try reader.number32() }
        record.failure = try optional { reader throws(Malformed) in
            Failure(
                type: try reader.optional { reader throws(Malformed) in try reader.text() },
                message: try reader.optional { reader throws(Malformed) in try reader.text() },
                line: try reader.optional { reader throws(Malformed) in try reader.number() })
        }
        return record
    }
}
