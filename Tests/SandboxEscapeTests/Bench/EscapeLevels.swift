import Sandbox

/// The levels at which the attacks are carried out, and the bench of each.
enum EscapeLevels {
    /// The own level of the host and the weakest one.
    ///
    /// A host that offers none is asked for the full one, and fails by name.
    static let tried: [IsolationLevel] = {
        guard let natural = try? AttackBench(level: .full).level else { return [.full] }
        return natural == .landlock ? [natural] : [natural, .landlock]
    }()

    private static let benches: [IsolationLevel: Result<AttackBench, SandboxError>] = Dictionary(
        uniqueKeysWithValues: tried.map { level in
            do throws(SandboxError) {
                return (level, .success(try AttackBench(level: level)))
            } catch {
                return (level, .failure(error))
            }
        })

    /// The bench of a level.
    static func bench(_ level: IsolationLevel) throws -> AttackBench {
        guard let bench = benches[level] else { throw SandboxError(stage: "bench", message: "no bench at \(level)") }
        return try bench.get()
    }
}
