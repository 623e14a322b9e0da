import Sandbox
import Testing

/// The ways in which the attacks are carried out, and the bench of each.
enum EscapeLevels {
    /// A level, and whether runs are forked from zygotes there.
    struct Way: Sendable, Hashable, CustomTestStringConvertible {
        var level: IsolationLevel
        var forks = false

        var testDescription: String { forks ? ".\(level.rawValue), forked" : ".\(level.rawValue)" }
    }

    /// The own level of the host, executed and forked, and the weakest one, which has no zygotes.
    ///
    /// A host that offers none is asked for the full one, and fails by name.
    static let tried: [Way] = {
        guard let natural = try? AttackBench(level: .full).level else { return [Way(level: .full)] }
        let weakest = Way(level: .landlock)
        return natural == .landlock ? [weakest] : [Way(level: natural), Way(level: natural, forks: true), weakest]
    }()

    private static let benches: [Way: Result<AttackBench, SandboxError>] = Dictionary(
        uniqueKeysWithValues: tried.map { way in
            do throws(SandboxError) {
                return (way, .success(try AttackBench(level: way.level, forks: way.forks)))
            } catch {
                return (way, .failure(error))
            }
        })

    /// The bench of a way.
    static func bench(_ way: Way) throws -> AttackBench {
        guard let bench = benches[way] else {
            throw SandboxError(stage: "bench", message: "no bench at \(way.testDescription)")
        }
        return try bench.get()
    }
}
