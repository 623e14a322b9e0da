import Sandbox
import Testing

/// One attack of the catalogue: what is run, and every way in which it may end.
struct Attack: Sendable, CustomTestStringConvertible {
    /// The row of the adversarial catalogue; nil for a benign look-alike.
    var row: Int?
    /// What the program does, as the end of the sentence "the box holds ...".
    var name: String
    /// What is run.
    var program: AttackProgram
    /// Its arguments; placeholders in braces are filled in by the bench (`AttackScene`).
    var arguments: [String] = []
    /// What it is given on standard input.
    var standardInput: [UInt8] = []
    /// Further files in its working folder.
    var files: [String: String] = [:]
    /// The files that are asked for afterwards.
    var outputFiles: [String] = []
    /// What it may use.
    var limits: ResourceLimits = .attack
    /// How it may end.
    var endings: [Ending]
    /// How it may end where the isolation is weaker, in place of `endings`.
    var weaker: [IsolationLevel: [Ending]] = [:]
    /// Why a level may not hold it.
    ///
    /// It is carried out all the same, and must leave the host and the slot clean.
    var exemption: Exemption? = nil
    /// What the output must hold, to prove that the attack was carried out.
    var proof: String? = nil
    /// Whether the program must end by itself long before the wall limit.
    var isQuick = false
    /// What else must be true of the result; gives complaints.
    var check: @Sendable (ExecutionResult) -> [String] = { _ in [] }

    var testDescription: String {
        let place = row.map { "row \($0): " } ?? ""
        return "\(place)\(name) → \(endings.map(\.description).joined(separator: " or "))"
    }

    /// The endings at a level: the strongest weaker level that says something decides.
    func endings(at level: IsolationLevel) -> [Ending] {
        for weaker in IsolationLevel.allCases.sorted() where weaker >= level {
            if let endings = self.weaker[weaker] { return endings }
        }
        return endings
    }
}

extension ResourceLimits {
    /// Limits that an attack reaches quickly.
    static let attack = ResourceLimits(
        cpuTime: .milliseconds(1500),
        wallTime: .seconds(6),
        memory: 128 << 20,
        processes: 32,
        output: 1 << 20,
        fileSize: 16 << 20,
        disk: 32 << 20,
        openFiles: 128,
        stack: 8 << 20
    )

    /// The same limits with some changed.
    func with(_ change: (inout ResourceLimits) -> Void) -> ResourceLimits {
        var limits = self
        change(&limits)
        return limits
    }
}
