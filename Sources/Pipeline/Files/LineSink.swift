import Glibc
import Synchronization

/// Whole lines on a file or a pipe: what a kill leaves behind is whole lines and at most one torn one.
public final class LineSink: Sendable {
    private struct State {
        /// Where the last whole line ends, in a file of ours.
        var wholeBytes = 0
        var isSealed = false
    }

    /// What messages call it.
    public let name: String
    private let descriptor: Int32
    /// Whether the file is ours alone, so that a torn line may be cut off.
    private let isOwnFile: Bool
    private let state: Mutex<State>

    private init(name: String, descriptor: Int32, isOwnFile: Bool, wholeBytes: Int) {
        self.name = name
        self.descriptor = descriptor
        self.isOwnFile = isOwnFile
        state = Mutex(State(wholeBytes: wholeBytes))
    }

    /// Standard output.
    public static let standardOutput = LineSink(
        name: "standard output",
        descriptor: 1,
        isOwnFile: false,
        wholeBytes: 0
    )

    /// Opens a file for writing: emptied, or cut to the whole lines that it already holds.
    ///
    /// - Throws: `PipelineError` when it cannot be written, is one of `inputs`, or another process is writing it.
    public static func file(
        _ path: String,
        keeping wholeBytes: Int = 0,
        inputs: [ReadableFile] = []
    ) throws(PipelineError) -> LineSink {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw PipelineError(.user, "cannot write '\(path)': \(SystemFailure.text())")
        }
        var status = stat()
        fstat(descriptor, &status)
        let identity = FileIdentity(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
        let isRegular = status.st_mode & S_IFMT == S_IFREG
        if isRegular, let input = inputs.first(where: { $0.identity == identity }) {
            close(descriptor)
            throw PipelineError(.user, "the output '\(path)' is the input '\(input.name)'", hint: "name another output")
        }
        if isRegular {
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                close(descriptor)
                throw PipelineError(.user, "another process is writing '\(path)'", hint: "wait for it or end it")
            }
            guard ftruncate(descriptor, wholeBytes) == 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
                let reason = SystemFailure.text()
                close(descriptor)
                throw PipelineError(.user, "cannot write '\(path)': \(reason)")
            }
        }
        return LineSink(name: "'\(path)'", descriptor: descriptor, isOwnFile: isRegular, wholeBytes: wholeBytes)
    }

    /// Writes lines, each of which ends in a line feed.
    ///
    /// Blocks while a pipe is full.
    ///
    /// - Throws: `PipelineError` when not all can be written; a torn line is cut off again where possible.
    public func write(_ lines: [UInt8]) throws(PipelineError) {
        let failure = state.withLock { state -> Int32? in
            if state.isSealed { return ECANCELED }
            let (sent, code) = writeAll(lines)
            guard let code else {
                state.wholeBytes += sent
                return nil
            }
            state.wholeBytes += lines[..<sent].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            if isOwnFile { _ = ftruncate(descriptor, state.wholeBytes) }
            return code
        }
        guard let failure else { return }
        let hint = failure == ENOSPC ? "make room, then go on with --resume" : nil
        throw PipelineError(.user, "cannot write \(name): \(SystemFailure.text(failure))", hint: isOwnFile ? hint : nil)
    }

    /// Waits for a write that is under way and lets no more through.
    public func seal() {
        state.withLock { $0.isSealed = true }
    }

    /// How many bytes went through, and the errno when that is not all.
    private func writeAll(_ lines: [UInt8]) -> (sent: Int, code: Int32?) {
        lines.withUnsafeBytes { bytes in
            var sent = 0
            while sent < bytes.count {
                let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
                if count < 0 && errno == EINTR { continue }
                if count < 0 && errno == EAGAIN {
                    // Somebody who shares our standard output made it non-blocking.
                    var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&waiting, 1, -1)
                    continue
                }
                guard count >= 0 else { return (sent, errno) }
                sent += count
            }
            return (sent, nil)
        }
    }

    deinit { if descriptor != 1 { close(descriptor) } }
}
