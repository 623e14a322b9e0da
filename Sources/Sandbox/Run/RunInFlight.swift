import CSandbox
import Glibc
import Synchronization

/// One run between its request and its reply.
///
/// It owns our ends of the pipes. Its descriptors are watched by the reactor, and the slot's always are; the reactor's
/// threads and the one that starts it touch its state under one lock.
final class RunInFlight: EventHandler {
    private struct State: ~Copyable {
        var request: [UInt8]
        var requestSent = 0
        var riders: [Int32] = []
        var input: [UInt8]
        var inputSent = 0
        var inputDescriptor: Int32
        /// Most inputs fit into the pipe, and nobody has to wait for room in it.
        var watchesInput = false
        var stdout: OutputCollector
        var stderr: OutputCollector
        var reply = Reply()
        /// A short run's output waits in the pipes for its reply; only a longer one's is drained on the way.
        var watchesOutput = false
        var hasAskedForEnd = false
        var wasCancelled = false
        var deadline: ContinuousClock.Instant
        var result: Result<ExecutionResult, SandboxError>?
        var continuation: CheckedContinuation<Result<ExecutionResult, SandboxError>, Never>?
    }

    private let slot: Slot
    private let reactor: Reactor
    private let isolation: IsolationReport
    private let outputFiles: [String]
    private let state: Mutex<State>

    /// Sends a request to a slot and begins to watch it.
    ///
    /// - Throws: `SandboxError` when pipes cannot be made or the command does not fit the format; the slot is then unused.
    init(
        _ command: SandboxCommand, _ kind: RequestFrame.Kind, in slot: Slot, reactor: Reactor,
        isolation: IsolationReport
    ) throws(SandboxError) {
        let frame = try RequestFrame(command, kind)
        let pipes = try Pipes(hasInput: !command.standardInput.isEmpty)
        self.slot = slot
        self.reactor = reactor
        self.isolation = isolation
        outputFiles = command.outputFiles
        state = Mutex(
            State(
                request: frame.bytes,
                riders: pipes.childEnds + frame.inputDescriptors,
                input: command.standardInput,
                inputDescriptor: pipes.stdin[1],
                stdout: OutputCollector(descriptor: pipes.stdout[0], limit: command.limits.output),
                stderr: OutputCollector(descriptor: pipes.stderr[0], limit: command.limits.output),
                // The launcher ends the run at its wall limit; this is for a launcher that does not answer.
                deadline: .now + command.limits.wallTime + .seconds(30)))
        begin(childEnds: pipes.childEnds)
    }

    /// Waits for the end of the run.
    func result() async -> Result<ExecutionResult, SandboxError> {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ready = state.withLock { state -> Result<ExecutionResult, SandboxError>? in
                    if state.result == nil { state.continuation = continuation }
                    return state.result
                }
                if let ready { continuation.resume(returning: ready) }
            }
        } onCancel: {
            state.withLock { state in
                state.wasCancelled = true
                askForEnd(&state)
            }
        }
    }

    private func begin(childEnds: [Int32]) {
        slot.channel.begin(self)
        state.withLock { state in
            sendRequest(&state)
            // The first byte carries duplicates; a request that could not even begin has failed and needs none.
            for descriptor in childEnds { Glibc.close(descriptor) }
            guard state.result == nil else { return }
            feed(&state)
            guard state.inputDescriptor >= 0 else { return }
            do throws(SandboxError) {
                try reactor.add(state.inputDescriptor, writable: true, self)
                state.watchesInput = true
            } catch {
                slot.kill()
                finish(&state, .failure(error))
            }
        }
    }

    func handleEvent(on descriptor: Int32) {
        let waiting = state.withLock { state -> CheckedContinuation<Result<ExecutionResult, SandboxError>, Never>? in
            guard state.result == nil else { return nil }
            if descriptor == slot.socket {
                converse(&state)
            } else if descriptor == state.inputDescriptor {
                feed(&state)
            } else {
                collect(&state, descriptor)
            }
            return takeWaiting(&state)
        }
        resume(waiting)
    }

    func handleTick(now: ContinuousClock.Instant) {
        let waiting = state.withLock { state -> CheckedContinuation<Result<ExecutionResult, SandboxError>, Never>? in
            guard state.result == nil, now > state.deadline else { return nil }
            slot.kill()
            finish(
                &state,
                .failure(
                    SandboxError(stage: "launcher", errno: ETIMEDOUT, message: "the launcher did not end the run")))
            return takeWaiting(&state)
        }
        resume(waiting)
    }

    private func takeWaiting(
        _ state: inout State
    ) -> CheckedContinuation<Result<ExecutionResult, SandboxError>, Never>? {
        guard state.result != nil else { return nil }
        defer { state.continuation = nil }
        return state.continuation
    }

    /// Outside the lock, for what is resumed may run at once.
    private func resume(_ waiting: CheckedContinuation<Result<ExecutionResult, SandboxError>, Never>?) {
        guard let waiting, let result = state.withLock({ $0.result }) else { return }
        waiting.resume(returning: result)
    }

    // MARK: - The four descriptors

    private func sendRequest(_ state: inout State) {
        while state.requestSent < state.request.count {
            let offset = state.requestSent
            let riders = offset == 0 ? state.riders : []
            let sent = state.request.withUnsafeBytes { buffer in
                csandbox_send(
                    slot.socket, buffer.baseAddress.map { $0 + offset }, buffer.count - offset, riders,
                    Int32(riders.count))
            }
            if sent < 0 {
                if Glibc.errno == EAGAIN { return }
                let error = SandboxError(stage: "launcher", errno: Glibc.errno, message: "the slot's launcher is gone")
                return finish(&state, .failure(error))
            }
            state.requestSent += sent
        }
        state.request = []
        state.requestSent = 0
        if state.wasCancelled { askForEnd(&state) }
    }

    /// Sends and receives what it can: only changes are told, so nothing may be left to do.
    private func converse(_ state: inout State) {
        if !state.request.isEmpty { sendRequest(&state) }
        while state.result == nil {
            switch state.reply.receive(from: slot.socket) {
            case .incomplete: return
            case .ended:
                let error = SandboxError(stage: "launcher", message: "the slot's launcher ended during a run")
                finish(&state, .failure(error))
            case .whole where state.reply.kind == UInt32(CSANDBOX_REPLY_RUNNING.rawValue):
                state.reply = Reply()
                do throws(SandboxError) {
                    try reactor.add(state.stdout.descriptor, self)
                    try reactor.add(state.stderr.descriptor, self)
                    state.watchesOutput = true
                } catch {
                    slot.kill()
                    finish(&state, .failure(error))
                }
            case .whole:
                // Every writer is dead, so what is in the pipes now is all there will be.
                while !state.stdout.drain(), state.stdout.hasMore {}
                while !state.stderr.drain(), state.stderr.hasMore {}
                finish(&state, conclude(&state))
            }
        }
    }

    private func feed(_ state: inout State) {
        guard state.inputDescriptor >= 0 else { return }
        while state.inputSent < state.input.count {
            let offset = state.inputSent
            let written = state.input.withUnsafeBytes { buffer in
                write(state.inputDescriptor, buffer.baseAddress.map { $0 + offset }, buffer.count - offset)
            }
            if written < 0 && Glibc.errno == EINTR { continue }
            if written < 0 && Glibc.errno == EAGAIN { return }
            // A program need not read its input: a closed pipe is no failure.
            if written < 0 { break }
            state.inputSent += written
        }
        closeInput(&state)
    }

    private func closeInput(_ state: inout State) {
        guard state.inputDescriptor >= 0 else { return }
        if state.watchesInput { reactor.remove(state.inputDescriptor) }
        Glibc.close(state.inputDescriptor)
        state.inputDescriptor = -1
    }

    private func collect(_ state: inout State, _ descriptor: Int32) {
        // An ended pipe stays readable for ever, so it is no longer watched.
        if descriptor == state.stdout.descriptor {
            if state.stdout.drain() { reactor.remove(descriptor) }
        } else if descriptor == state.stderr.descriptor {
            if state.stderr.drain() { reactor.remove(descriptor) }
        }
        if state.stdout.output.isTruncated || state.stderr.output.isTruncated { askForEnd(&state) }
    }

    private func askForEnd(_ state: inout State) {
        // Only after the whole request: within it the byte would be taken for content.
        guard state.result == nil, !state.hasAskedForEnd, state.request.isEmpty else { return }
        state.hasAskedForEnd = true
        var byte = UInt8(ascii: "K")
        _ = csandbox_send(slot.socket, &byte, 1, nil, 0)
    }

    // MARK: - The end

    private func finish(_ state: inout State, _ result: Result<ExecutionResult, SandboxError>) {
        slot.channel.end()
        if state.watchesOutput {
            reactor.remove(state.stdout.descriptor)
            reactor.remove(state.stderr.descriptor)
        }
        state.stdout.close()
        state.stderr.close()
        closeInput(&state)
        state.result = result
    }

    private func conclude(_ state: inout State) -> Result<ExecutionResult, SandboxError> {
        let files = state.reply.files(outputFiles)
        let truncated = state.stdout.output.isTruncated || state.stderr.output.isTruncated
        let termination: Termination
        if state.wasCancelled, state.reply.kind == UInt32(CSANDBOX_REPLY_ENDED.rawValue) {
            return .failure(.cancelled)
        }
        if state.reply.kind == UInt32(CSANDBOX_REPLY_ENDED.rawValue) {
            termination = Termination(state.reply, isTruncated: truncated)
        } else if state.reply.isExecutionFailure, let refused = Termination(executionError: state.reply.error) {
            termination = refused
        } else {
            return .failure(state.reply.failure)
        }
        return .success(
            ExecutionResult(
                termination: termination, stdout: state.stdout.output, stderr: state.stderr.output,
                usage: state.reply.usage, outputFiles: files, isolation: isolation))
    }
}
