import Glibc

/// Finds the launcher's program.
enum LauncherPath {
    /// The path of `sandbox-launcher`: as given, or in the folder of the running program, or in libexec beside it.
    static func find(_ given: String?) throws(SandboxError) -> String {
        let candidates = given.map { [$0] } ?? besideProgram()
        for candidate in candidates where access(candidate, X_OK) == 0 { return candidate }
        throw SandboxError(
            stage: "launcher", errno: ENOENT,
            message: "sandbox-launcher was not found in \(candidates.joined(separator: ", "))",
            hint: "build the whole package: the launcher lies beside the program")
    }

    private static func besideProgram() -> [String] {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let length = readlink("/proc/self/exe", &buffer, buffer.count)
        var folders: [String] = []
        if length > 0 {
            let program = String(decoding: buffer[..<length], as: UTF8.self)
            let folder = program[..<(program.lastIndex(of: "/") ?? program.endIndex)]
            folders += ["\(folder)", "\(folder)/../libexec/retort"]
        }
        // Under a test runner the program is the toolchain's; the test bundle names itself as its first argument.
        for argument in CommandLine.arguments where argument.hasSuffix(".xctest") {
            folders.append(String(argument[..<(argument.lastIndex(of: "/") ?? argument.endIndex)]))
        }
        return folders.map { $0 + "/sandbox-launcher" }
    }
}
