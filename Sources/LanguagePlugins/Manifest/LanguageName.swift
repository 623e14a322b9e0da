/// The rule for names of languages: what can stand behind a fence, in lower case.
enum LanguageName {
    /// The rule in words.
    static let rule = "expected a name of up to 40 lower-case letters, digits and the signs + # . - _"

    /// Whether a name keeps the rule.
    static func isValid(_ name: String) -> Bool {
        (1...40).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || "+#.-_".utf8.contains(byte)
            }
    }
}
