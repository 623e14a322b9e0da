import CSandbox
import Glibc

/// What a launcher answered, with the descriptors that came along.
struct Reply {
    private var value = csandbox_reply()
    private var received = 0
    /// The descriptors of output files, owned by who takes the reply.
    var descriptors: [Int32] = []

    var kind: UInt32 { value.kind }
    var ending: UInt32 { value.ending }
    var waitStatus: Int32 { value.wait_status }
    var processes: Int { Int(clamping: value.processes) }

    /// What has come so far.
    enum Progress {
        case incomplete, whole, ended
    }

    /// Reads what is there without waiting.
    mutating func receive(from socket: Int32) -> Progress {
        let size = MemoryLayout<csandbox_reply>.size
        while received < size {
            var fresh = [Int32](repeating: -1, count: Int(CSANDBOX_MAX_OUTPUTS))
            var count: Int32 = 0
            let offset = received
            let got = withUnsafeMutableBytes(of: &value) { buffer in
                csandbox_receive(
                    socket, buffer.baseAddress.map { $0 + offset }, size - offset, &fresh, Int32(fresh.count), &count)
            }
            descriptors += fresh.prefix(Int(count))
            if got < 0 { return Glibc.errno == EAGAIN ? .incomplete : .ended }
            if got == 0 { return .ended }
            received += got
        }
        return value.magic == CSANDBOX_MAGIC ? .whole : .ended
    }

    /// Waits for one reply; used while a slot is prepared.
    static func awaitOne(on socket: Int32) throws(SandboxError) -> Reply {
        var reply = Reply()
        let deadline = ContinuousClock.now + .seconds(20)
        while true {
            switch reply.receive(from: socket) {
            case .whole: return reply
            case .ended: throw SandboxError(stage: "launcher", message: "the launcher ended before its slot was ready")
            case .incomplete:
                guard ContinuousClock.now < deadline else {
                    throw SandboxError(stage: "launcher", errno: ETIMEDOUT, message: "a slot was not ready in 20 s")
                }
                var waiting = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
                _ = poll(&waiting, 1, 1000)
            }
        }
    }

    /// The failure that the launcher reported.
    var failure: SandboxError {
        let stage = String(cString: csandbox_stage_name(value.stage))
        return SandboxError(
            stage: stage, errno: value.error, message: "step \(value.index) of a slot or run failed",
            hint: Remedy.of(stage: stage, errno: value.error))
    }

    /// The stage of a failure, and whether it is the execution of the command itself.
    var isExecutionFailure: Bool { value.stage == UInt32(CSANDBOX_STAGE_EXECVE.rawValue) }
    var error: Int32 { value.error }

    /// The usage, without the time in the queue.
    var usage: ResourceUsage {
        ResourceUsage(
            cpuTime: .nanoseconds(Int64(clamping: value.cpu_nanoseconds)),
            wallTime: .nanoseconds(Int64(clamping: value.wall_nanoseconds)),
            peakMemory: Int(clamping: value.peak_bytes),
            processes: Int(clamping: value.processes),
            processLimitHits: Int(clamping: value.process_limit_hits))
    }

    /// Pairs the descriptors with the paths that were asked for.
    func files(_ paths: [String]) -> [String: FetchedFile] {
        var files: [String: FetchedFile] = [:]
        var next = 0
        withUnsafeBytes(of: value.output_sizes) { raw in
            let sizes = raw.bindMemory(to: UInt64.self)
            for (index, path) in paths.enumerated() where value.output_mask & (1 << UInt32(index)) != 0 {
                guard next < descriptors.count else { break }
                files[path] = FetchedFile(descriptor: descriptors[next], size: Int(clamping: sizes[index]))
                next += 1
            }
        }
        return files
    }
}
