/// The rule for host paths that a plugin may show: nothing of a person, of a service, or of another run.
enum MountRule {
    private static let forbidden = [
        "/root", "/home", "/tmp", "/var", "/run", "/proc", "/sys", "/dev", "/boot", "/mnt", "/media", "/srv",
    ]
    /// What of them belongs to a toolchain all the same: Debian keeps the package database of GHC there.
    private static let exceptions = ["/var/lib/ghc"]
    /// Folders that are shown in parts, never whole.
    private static let onlyInParts = ["/", "/etc", "/opt"]

    /// What is wrong with a mount of a manifest; nil when nothing is.
    static func problem(with mount: CommandTemplate) -> String? {
        if mount.uses(.toolchain) {
            return mount.text.hasPrefix("{toolchain}") && !mount.text.contains("..")
                ? nil : "expected {toolchain}, or a folder in it"
        }
        return problem(with: mount.text)
    }

    /// What is wrong with a path; nil when nothing is.
    static func problem(with path: String) -> String? {
        guard path.hasPrefix("/") else { return "expected an absolute path" }
        let steps = path.split(separator: "/", omittingEmptySubsequences: true)
        if steps.contains("..") || steps.contains(".") { return "expected a path without '.' and '..'" }
        let plain = "/" + steps.joined(separator: "/")
        if onlyInParts.contains(plain) { return "\(plain) is never shown whole" }
        if exceptions.contains(plain) { return nil }
        if let first = steps.first, forbidden.contains("/\(first)") { return "/\(first) is never shown in a box" }
        return nil
    }
}
