import Glibc
import TestSupport

/// The compiled attacks, built once by the test process and handed to boxes as input files.
enum AttackBuild {
    /// The program that holds every attack of `Attacks/*.c`.
    static let attacks = build(sources: "*.c", libraries: "-static -lpthread -lrt")
    /// The same, for the library that is preloaded into zygotes, which a static program does not take.
    static let dynamicAttacks = build(sources: "*.c", libraries: "-lpthread  -lrt")
    /// The program of one file of `Attacks/Standalone`.
    static let staticBomb = build(sources: "Standalone/static-bomb.c", libraries: "-static")

    /// Compiles and reads the result; the file is gone afterwards.
    ///
    /// Empty when the compiler failed, which it has explained.
    private static func build(sources: String, libraries: String) -> [UInt8] {
        let program = "/tmp/retort-attacks-\(getpid())-\(sources.utf8.count)-\(libraries.utf8.count)"
        defer { unlink(program) }
        let folder = "\(PackageRoot.path)/Tests/SandboxEscapeTests/Attacks"
        let flags = "-O1 -D_GNU_SOURCE -Wall -Wextra -Werror -Wno-stringop-truncation -Wno-unused-result"
        guard HostCommand.run("cd '\(folder)' && gcc \(flags) \(sources) -o '\(program)' \(libraries)") == 0 else {
            return []
        }
        return HostCommand.bytes(of: program)
    }
}
