/// The rule for names of environment variables: what a shell takes for one.
enum VariableName {
    /// The rule in words.
    static let rule = "expected a name of letters, digits and '_' that does not start with a digit"

    /// Whether a name keeps the rule.
    static func isValid(_ name: String) -> Bool {
        guard (1...100).contains(name.utf8.count), let first = name.utf8.first, !(0x30...0x39).contains(first) else {
            return false
        }
        return name.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x5F
        }
    }
}
