import Glibc
import Sandbox
import Tasks
import TestSupport
import Testing

@testable import LanguagePlugins

@Suite("The verdict cache", .timeLimit(.minutes(5)))
struct VerdictCacheTests {
    private static func key(_ number: Int) -> VerdictKey { VerdictKey(digest: SHA256.hash(Array("\(number)".utf8))) }

    private static func outcome(_ text: String, wall: Int = 7) -> RunOutcome {
        RunOutcome(
            compile: nil,
            record: ExecutionRecord(
                verdict: .accepted, stdout: Array(text.utf8), exitCode: 0,
                usage: Usage(
                    cpuTime: .milliseconds(5), wallTime: .milliseconds(wall), peakMemory: 1 << 20, processes: 1)),
            executionTime: .milliseconds(wall), queueTime: .milliseconds(1))
    }

    /// All files below a folder but locks and the secret, with their sizes.
    private static func files(in folder: String) -> [(path: String, size: Int)] {
        (HostFolder.names(in: folder) ?? []).filter { $0.utf8.count == 2 }.flatMap { shard in
            (HostFolder.names(in: "\(folder)/\(shard)") ?? []).map { name in
                let path = "\(folder)/\(shard)/\(name)"
                var status = stat()
                lstat(path, &status)
                return (path, Int(status.st_size))
            }
        }
    }

    /// What the runs with one key print, one letter a run, and what is believed in the end.
    @Test(
        "believes what two runs agreed on, until one disagrees",
        arguments: [
            ("", nil), ("a", nil), ("aa", "a"), ("aaa", "a"), ("ab", nil), ("aba", nil), ("abb", nil), ("aab", nil),
            ("aaba", nil), ("abaaaa", nil),
        ] as [(String, String?)])
    func states(runs: String, believed: String?) throws {
        let scratch = try ScratchFolder()
        for (index, letter) in runs.enumerated() {
            // Each run may be another process, and may take another time.
            let cache = try VerdictCache(folder: scratch.path)
            cache.note(Self.outcome(String(letter), wall: index), for: Self.key(1))
            cache.note(Self.outcome("other", wall: index), for: Self.key(2))
        }
        let cache = try VerdictCache(folder: scratch.path)
        #expect(cache.outcome(for: Self.key(1))?.record?.stdoutText == believed)
        #expect(cache.outcome(for: Self.key(3)) == nil)
    }

    @Test("keeps every part of an outcome but the time that others spent on it", arguments: 0..<6)
    func coding(number: Int) throws {
        let failure = Failure(type: "ValueError", message: number == 3 ? nil : "no\u{0}\u{FFFD}", line: 3)
        var outcome = Self.outcome("x")
        switch number {
        case 0: break
        case 1: outcome.record?.stdout = [0, 0xFF, 10]
        case 2, 3:
            outcome.record?.failure = failure
            outcome.record?.verdict = .runtimeError
            outcome.record?.exitCode = -1
            outcome.record?.stderrTruncated = true
        case 4:
            outcome.record?.signal = 11
            outcome.record?.exitCode = nil
            outcome.record?.stdoutTruncated = true
            outcome.compile = CompileRecord(verdict: .accepted, cached: true, wallTime: .seconds(1), stderr: [1, 2])
        default:
            outcome.record = nil
            outcome.compile = CompileRecord(verdict: .compileError, cached: true, stdout: [3])
        }
        let bytes = OutcomeCoding.bytes(of: outcome)
        let read = try #require(OutcomeCoding.outcome(from: bytes[...]))
        #expect(read.record == outcome.record)
        #expect(read.compile == outcome.compile)
        #expect(read.executionTime == .zero)
        #expect(read.queueTime == .zero)
        for count in 0..<bytes.count { #expect(OutcomeCoding.outcome(from: bytes[..<count]) == nil) }
        #expect(OutcomeCoding.outcome(from: (bytes + [0])[...]) == nil)
    }

    @Test("reads no nonsense from nonsense")
    func fuzz() {
        var random = Mixer(state: 7)
        let good = OutcomeCoding.bytes(of: Self.outcome("some text"))
        for _ in 0..<20_000 {
            var bytes = good
            for _ in 0...(random.next() % 4) {
                bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
            }
            // It may be another outcome; it must be read without a trap, and never be one of ours.
            if let outcome = OutcomeCoding.outcome(from: bytes[...]) {
                #expect(outcome.record?.verdict != .internalError)
            }
            _ = VerdictEntry(file: bytes, key: Self.key(1))
        }
    }

    @Test("takes no entry that is torn, flipped, or another key's, and removes it")
    func torn() throws {
        let scratch = try ScratchFolder()
        let cache = try VerdictCache(folder: scratch.path)
        for _ in 0..<2 { cache.note(Self.outcome("x"), for: Self.key(1)) }
        let path = try #require(Self.files(in: scratch.path).first?.path)
        let whole = try HostFolder.file(path)
        for position in 0..<whole.count {
            for damage in [Array(whole[..<position]), whole.flipping(position)] {
                #expect(VerdictEntry(file: damage, key: Self.key(1)) == nil)
            }
        }
        #expect(VerdictEntry(file: whole, key: Self.key(2)) == nil)
        unlink(path)
        #expect(PrivateFolder.write(Array(whole.dropLast(5)), to: path))
        #expect(cache.outcome(for: Self.key(1)) == nil)
        #expect(Self.files(in: scratch.path).isEmpty)
        // A folder or a pipe in its place is no entry either.
        mkfifo(path, 0o600)
        #expect(cache.outcome(for: Self.key(1)) == nil)
        for _ in 0..<2 { cache.note(Self.outcome("x"), for: Self.key(1)) }
        #expect(cache.outcome(for: Self.key(1)) != nil)
    }

    @Test("stays within its bounds, and forgets what was not used for the longest time")
    func bounds() throws {
        let scratch = try ScratchFolder()
        let capacity = 256 * 4 * 4096
        var inUse = 0
        // As many processes, each with a few entries: none of them sees much of the whole.
        for process in 0..<12 {
            let cache = try VerdictCache(folder: scratch.path, capacity: capacity)
            for number in 0..<150 {
                let key = Self.key(process * 1000 + number)
                for _ in 0..<2 { cache.note(Self.outcome("\(number)"), for: key) }
            }
            for _ in 0..<2 { cache.note(Self.outcome("favourite"), for: Self.key(-1)) }
            if cache.outcome(for: Self.key(-1)) != nil { inUse += 1 }
        }
        let files = Self.files(in: scratch.path)
        #expect(files.count * 4096 <= capacity + capacity / 8)
        #expect(files.count > 500)
        #expect(inUse == 12)
        let large = Self.outcome(String(repeating: "x", count: 5 * 4096))
        let cache = try VerdictCache(folder: scratch.path, capacity: capacity)
        for _ in 0..<2 { cache.note(large, for: Self.key(-2)) }
        #expect(cache.outcome(for: Self.key(-2)) == nil, "an entry that would drive out the others is not kept")
    }

    @Test("survives being killed at any moment", .serialized, arguments: 0..<8)
    func kill(round: Int) async throws {
        let scratch = try ScratchFolder()
        // Two at once in the same folder, the second one to be killed in the middle.
        let path = scratch.path
        let other = Task { try await Self.write(in: path, rounds: 4) }
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, round = round as Int] in
            try await Self.writeUntilKilled(in: path, after: UInt32(2000 + 6000 * round))
        }
        try await other.value
        let cache = try VerdictCache(folder: path)
        let files = Self.files(in: path)
        for file in files where !file.path.contains("/new-") {
            let bytes = try HostFolder.file(file.path)
            let isWhole = (0..<60).contains { VerdictEntry(file: bytes, key: Self.key($0)) != nil }
            #expect(isWhole, "\(file.path) has \(file.size) bytes")
        }
        for number in 0..<60 {
            if let outcome = cache.outcome(for: Self.key(number)) {
                #expect(outcome.record?.stdoutText == Self.text(number))
            }
        }
        // What the dead one left half done is swept up with time, and holds up nobody.
        try await Self.write(in: path, rounds: 2)
        #expect((0..<60).allSatisfy { cache.outcome(for: Self.key($0))?.record?.stdoutText == Self.text($0) })
    }

    private static func text(_ number: Int) -> String { String(repeating: "\(number) ", count: 1 + number * 3) }

    private static func write(in folder: String, rounds: Int) async throws {
        let cache = try VerdictCache(folder: folder)
        for _ in 0..<rounds {
            for number in 0..<60 { cache.note(outcome(text(number)), for: key(number)) }
            await Task.yield()
        }
    }

    private static func writeUntilKilled(in folder: String, after microseconds: UInt32) async throws {
        killSelf(after: microseconds)
        while true { try await write(in: folder, rounds: 1) }
    }

    @Test("costs time, not results, when the disk is full")
    func fullDisk() async throws {
        let scratch = try ScratchFolder()
        let path = scratch.path
        let cache = try VerdictCache(folder: path)
        for _ in 0..<2 { cache.note(Self.outcome("before"), for: Self.key(1)) }
        await #expect(processExitsWith: .success) { [path = path as String] in
            // A limit on the size of files fails as a full disk does, in the middle of a write.
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 150, rlim_max: 150)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            let cache = try VerdictCache(folder: path)
            for _ in 0..<3 { cache.note(Self.outcome(String(repeating: "x", count: 500)), for: Self.key(2)) }
            #expect(cache.outcome(for: Self.key(1))?.record?.stdoutText == "before")
            #expect(cache.outcome(for: Self.key(2)) == nil)
        }
        #expect(cache.outcome(for: Self.key(1))?.record?.stdoutText == "before")
        #expect(!Self.files(in: path).contains { $0.path.contains("/new-") })
    }

    @Test("refuses a folder that is not its owner's alone")
    func folder() throws {
        let scratch = try ScratchFolder()
        chmod(scratch.path, 0o777)
        #expect(throws: PluginError.self) { try VerdictCache(folder: scratch.path) }
        #expect(throws: PluginError.self) { try VerdictCache(folder: "/dev/null/x") }
        chmod(scratch.path, 0o700)
        let nonces = try (0..<3).map { _ in
            try VerdictCache(folder: "\(scratch.path)/new").nonces.nonces(
                for: SourceProgram(language: "python", source: [])
            ).nonce(for: TestCase(name: "t", kind: .program(code: "x")))
        }
        #expect(Set(nonces).count == 1, "the next process draws the same nonces")
        // A secret that is torn is replaced: what was keyed by it is not found again, and that is all.
        unlink("\(scratch.path)/new/secret")
        #expect(PrivateFolder.write([1, 2, 3], to: "\(scratch.path)/new/secret"))
        _ = try VerdictCache(folder: "\(scratch.path)/new")
        #expect(try HostFolder.file("\(scratch.path)/new/secret").count == 32)
    }
}

/// Kills this process after a while, from a thread.
private func killSelf(after microseconds: UInt32) {
    var thread = pthread_t()
    let argument = UnsafeMutablePointer<UInt32>.allocate(capacity: 1)
    argument.initialize(to: microseconds)
    pthread_create(
        &thread, nil,
        { pointer in
            usleep(pointer?.load(as: UInt32.self) ?? 0)
            Glibc.kill(getpid(), SIGKILL)
            return nil
        }, argument)
}

extension [UInt8] {
    /// The same bytes with one bit of one of them turned over.
    fileprivate func flipping(_ position: Int) -> [UInt8] {
        var bytes = self
        bytes[position] ^= 0x10
        return bytes
    }
}

/// A small generator whose numbers are the same in every run.
private struct Mixer {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
