/// The rule for names of system headers: what can stand between angle brackets and leads to no other folder.
enum HeaderName {
    /// The rule in words.
    static let rule = "expected a header such as bits/stdc++.h: letters, digits and the signs . _ + - /"

    /// Whether a name keeps the rule.
    static func isValid(_ name: String) -> Bool {
        (1...100).contains(name.utf8.count)
            && name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { step in
                !step.isEmpty && step != "." && step != ".."
                    && step.utf8.allSatisfy { byte in
                        isAlphanumeric(byte) || byte == 0x2E || byte == 0x5F || byte == 0x2B || byte == 0x2D
                    }
            }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
