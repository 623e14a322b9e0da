import Glibc
import Sandbox
import Tasks

/// Everything that determines what a run comes to: two runs with one key may be answered by one result.
///
/// Not among it: how a run was started (cold, or from a waiting interpreter), on which slot, beside what. Those must not
/// matter, and tests of their own see to that.
struct VerdictKey: Sendable, Hashable {
    /// Raised whenever the same program may come to something else: another isolation, another reading of its end.
    static let engine = "1"

    let digest: Digest

    /// What all runs of an engine on a host have in common.
    struct Scope: Sendable {
        private let isolation: [String]
        private let processor: String

        /// Makes the scope of an engine.
        ///
        /// - Parameter processor: What the processor calls itself: it decides on CPU time, and now and then on the last
        ///   digit of a number.
        init(_ isolation: IsolationReport, processor: String = Self.processorName()) {
            self.isolation =
                [isolation.level.rawValue] + isolation.layers
                + isolation.limits.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            self.processor = processor
        }

        fileprivate func add(to hash: inout SHA256) {
            hash.update(field: Array("retort verdict".utf8))
            hash.update(field: Array(VerdictKey.engine.utf8))
            hash.update(field: Array(processor.utf8))
            hash.update(field: [UInt8(truncatingIfNeeded: isolation.count)])
            for text in isolation { hash.update(field: Array(text.utf8)) }
        }

        /// The first line of cpuinfo that names a model; empty where there is none.
        private static func processorName() -> String {
            let text = (try? HostFolder.file("/proc/cpuinfo")) ?? []
            let lines = text.split(separator: UInt8(ascii: "\n")).lazy.map { String(decoding: $0, as: UTF8.self) }
            return lines.first { $0.hasPrefix("model name") } ?? ""
        }
    }

    /// What all runs of a program have in common.
    struct OfProgram: Sendable {
        fileprivate let hash: SHA256

        /// Hashes a program as it is run, with its call behind it and its edits made.
        init(_ program: SourceProgram, _ plugin: LanguagePlugin, _ scope: Scope) {
            var hash = SHA256()
            scope.add(to: &hash)
            hash.update(field: Array(plugin.digest.utf8))
            hash.update(field: Array(plugin.toolchain.version.utf8))
            hash.update(field: program.source)
            hash.update(number: program.files.count)
            for (path, content) in program.files.sorted(by: { $0.key < $1.key }) {
                hash.update(field: Array(path.utf8))
                hash.update(field: content)
            }
            self.hash = hash
        }
    }

    /// Hashes what determines a run of a program.
    init(_ request: RunRequest, of program: OfProgram) {
        var hash = program.hash
        hash.update(field: request.input.stdin)
        hash.update(number: request.input.arguments.count)
        for argument in request.input.arguments { hash.update(field: Array(argument.utf8)) }
        hash.update(number: request.mode == .call ? 1 : 0)
        hash.update(number: request.surroundings == .other ? 1 : 0)
        let limits = request.limits
        for number in [
            limits?.cpuTime.map(Self.nanoseconds), limits?.wallTime.map(Self.nanoseconds), limits?.memory,
            limits?.output, limits?.processes,
        ] {
            hash.update(number: number ?? -1)
        }
        digest = hash.finalize()
    }

    /// Makes a key of a digest.
    init(digest: Digest) { self.digest = digest }

    private static func nanoseconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        let (product, overflow) = Int(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max : product &+ Int(attoseconds / 1_000_000_000)
    }
}

extension SHA256 {
    /// Takes a number as a field.
    fileprivate mutating func update(number: Int) {
        update(field: (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
    }
}
