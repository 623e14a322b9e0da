/// The rule for files that a manifest names: no folders, nothing that a command could take for an option.
enum FileName {
    /// The rule in words.
    static let rule = "expected a file name of letters, digits, '.', '_' and '-' that starts with a letter or a digit"

    /// Whether a name keeps the rule.
    static func isValid(_ name: String) -> Bool {
        guard (1...100).contains(name.utf8.count), let first = name.utf8.first, isAlphanumeric(first) else {
            return false
        }
        return name.utf8.allSatisfy { isAlphanumeric($0) || $0 == 0x2E || $0 == 0x5F || $0 == 0x2D }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
