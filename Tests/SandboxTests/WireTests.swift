import CSandbox
import Glibc
import Testing

@testable import Sandbox

/// The launcher reads bytes; whatever they are, it answers or ends, and leaves nothing behind.
@Suite("The launcher's wire")
struct WireTests {
    private static let configuration = SlotConfiguration(
        level: .landlock, hasUserNamespace: false, cgroups: nil,
        filter: (try? SeccompFilter(
            SeccompProfile(refusesInternet: true, launcherIsFirstProcess: false, refusesClone3: true)))
            ?? SeccompFilter(instructions: []),
        scratchParent: "/tmp")

    /// Sends bytes to a fresh launcher, ends the conversation, and waits for the launcher's end.
    private static func send(_ bytes: [UInt8]) throws -> Int32 {
        var pair: [Int32] = [-1, -1]
        try #require(csandbox_socket_pair(&pair) == 0)
        var process: pid_t = 0
        try #require(csandbox_spawn_launcher(try LauncherPath.find(nil), pair[1], &process) == 0)
        close(pair[1])
        _ = bytes.withUnsafeBytes { csandbox_send(pair[0], $0.baseAddress, $0.count, nil, 0) }
        shutdown(pair[0], Int32(SHUT_WR))
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR { continue }
        close(pair[0])
        return status
    }

    private static let key = SlotKey(view: .system, disk: 1 << 20)

    @Test("ends by itself on every mutation of a configuration", .timeLimit(.minutes(5)))
    func configurations() throws {
        var random = SplitMix(state: 1)
        let frame = Self.configuration.frame(Self.key, number: 900)
        let text = frame.count - Self.configuration.filter.instructions.count
        for _ in 0..<400 {
            // The lengths and the strings. Not the level: another would be a valid wish for other groups and mounts.
            // Not the filter: a valid one may answer any call with anything.
            let mutated = random.mutate(frame, within: text)
            let kept = Array(frame[5..<17])
            let status = try Self.send(mutated.count < 17 ? mutated : mutated[..<5] + kept + mutated[17...])
            #expect(status & 0x7F == 0, "a signal ended the launcher: \(status)")
        }
        #expect(Folder.names("/tmp").allSatisfy { !$0.hasPrefix("retort-\(getpid())-900") })
    }

    @Test("ends by itself on every mutation of a request", .timeLimit(.minutes(5)), arguments: [0, 1, 2])
    func requests(form: Int) throws {
        let kind: RequestFrame.Kind = [.execute, .fork(by: 1), .startZygote(1)][form]
        var random = SplitMix(state: 2)
        let command = SandboxCommand(
            arguments: ["/bin/true", "a"], environment: ["A": "b"],
            inputFiles: [InputFile(path: "x/y", content: .bytes([1, 2, 3]))], outputFiles: ["x/y"])
        let request = try RequestFrame(command, kind).bytes
        let frame = Self.configuration.frame(Self.key, number: 901 + form)
        for _ in 0..<200 {
            let status = try Self.send(frame + random.mutate(request, within: request.count))
            #expect(status & 0x7F == 0, "a signal ended the launcher: \(status)")
        }
        #expect(Folder.names("/tmp").allSatisfy { !$0.hasPrefix("retort-\(getpid())-\(901 + form)") })
    }
}

/// A seeded generator (SplitMix64), so that a failure can be repeated.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func mutate(_ bytes: [UInt8], within: Int) -> [UInt8] {
        var mutated = bytes
        for _ in 0..<Int.random(in: 1...4, using: &self) {
            let index = Int.random(in: 0..<min(within, mutated.count), using: &self)
            mutated[index] =
                [0, 1, 0x7F, 0xFF, UInt8.random(in: 0...255, using: &self)].randomElement(using: &self) ?? 0
        }
        if Int.random(in: 0..<4, using: &self) == 0 {
            mutated = Array(mutated.prefix(Int.random(in: 0..<mutated.count, using: &self)))
        }
        return mutated
    }
}
