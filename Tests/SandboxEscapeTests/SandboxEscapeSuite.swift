import Glibc
import Sandbox
import TestSupport
import Testing

/// Every attack of the catalogue, at the host's own level and at the weakest.
///
/// Serialised, for what is looked at after an attack is the whole process and the whole host.
@Suite(.serialized) struct SandboxEscapeSuite {
    @Test("The box holds", .timeLimit(.minutes(2)), arguments: EscapeLevels.tried, AttackCatalogue.attacks)
    func holds(way: EscapeLevels.Way, attack: Attack) async throws {
        try await carryOut(attack, at: way)
    }

    @Test("The box lets pass", .timeLimit(.minutes(2)), arguments: EscapeLevels.tried, BenignPrograms.all)
    func letsPass(way: EscapeLevels.Way, program: Attack) async throws {
        try await carryOut(program, at: way)
    }

    private func carryOut(_ attack: Attack, at way: EscapeLevels.Way) async throws {
        for complaint in try await EscapeLevels.bench(way).carryOut(attack) {
            Issue.record("\(attack.testDescription) [\(way.testDescription)]: \(complaint)")
        }
    }

    @Test("Two runs at once find no channel to each other (row 67)", arguments: EscapeLevels.tried)
    func isolatesNeighbours(way: EscapeLevels.Way) async throws {
        let complaints = try await EscapeLevels.bench(way).meet(["open_channels", "1500"], ["find_channels"])
        for complaint in complaints { Issue.record("row 67 [\(way.testDescription)]: \(complaint)") }
    }

    @Test(
        "Refuses files that lead out of the working folder (row 52)", .timeLimit(.minutes(1)),
        arguments: EscapeLevels.tried,
        [
            "../litter", "/tmp/litter", "a/../../litter", "..", ".", "", "a//b", "/", "a/", "\0", "n\0n",
            String(repeating: "n", count: 300), String(repeating: "d/", count: 2500) + "f",
        ])
    func refusesPaths(way: EscapeLevels.Way, path: String) async throws {
        let bench = try EscapeLevels.bench(way)
        let given = SandboxCommand(
            arguments: ["/bin/true"], inputFiles: [InputFile(path: path, content: .bytes([42]))])
        let asked = SandboxCommand(arguments: ["/bin/true"], outputFiles: [path])
        for complaint in await bench.refuse(given) + bench.refuse(asked) {
            Issue.record("row 52 [\(way.testDescription)], path \(path.prefix(40).debugDescription): \(complaint)")
        }
        #expect(access("/tmp/litter", F_OK) != 0)
    }

    @Test("Every row of the catalogue is tried, or it is said where")
    func coversEveryRow() {
        let tried = Set(AttackCatalogue.attacks.compactMap(\.row))
        let named = Set(AttackCatalogue.rowsElsewhere.keys)
        #expect(tried.union(named) == Set(1...AttackCatalogue.lastRow))
        #expect(tried.isDisjoint(with: named))
    }

    /// A lock tells one bit, as the load of the processor does; SECURITY.md names both.
    @Test("Two runs at once meet in nothing but a lock (row 67)", arguments: EscapeLevels.tried)
    func knowsTheLock(way: EscapeLevels.Way) async throws {
        let complaints = try await EscapeLevels.bench(way).meet(["open_channels", "1500"], ["find_lock"])
        let known = "ESCAPED: found a lock on a shared file"
        for complaint in complaints where complaint != known {
            Issue.record("row 67 [\(way.testDescription)]: \(complaint)")
        }
    }

    @Test("What a level does not hold is known by name and reason", arguments: EscapeLevels.tried)
    func knowsExemptions(way: EscapeLevels.Way) throws {
        let isolation = try EscapeLevels.bench(way).isolation
        let all = AttackCatalogue.attacks + BenignPrograms.all
        for attack in all {
            guard let exemption = attack.exemption else { continue }
            #expect(exemption.names.contains(attack.name), "\(attack.name) is not on the list of \(exemption)")
        }
        let exempt = all.filter { $0.exemption?.holds(in: isolation) ?? false }
        print("\(way.testDescription): \(all.count - exempt.count) held, \(exempt.count) not, and known:")
        for attack in exempt { print("  \(attack.name): \(attack.exemption?.rawValue ?? "")") }
        // With all layers nothing is exempt; then every name above is an attack that is held.
        if isolation.level == .full { #expect(exempt.isEmpty) }
    }

    @Test("The suite runs as the user that it was asked to run as")
    func runsAsTheRightUser() {
        if getenv("RETORT_UNPRIVILEGED") != nil { #expect(geteuid() != 0) }
    }
}
