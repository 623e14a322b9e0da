/// The rule for `make` in which a compiler names the files that it read.
enum DependencyRule {
    /// The most bytes of a rule: all of a language's headers need a twentieth.
    static let limit = 1 << 20

    /// The absolute paths in a rule; nil when it is too long, holds none, or names a file in a way that has to be
    /// unquoted.
    static func paths(in rule: [UInt8]) -> [String]? {
        guard rule.count <= limit, let colon = rule.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        var paths: [String] = []
        for word in rule[(colon + 1)...].split(whereSeparator: { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }) {
            if word.elementsEqual("\\".utf8) { continue }
            guard !word.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "$") || $0 < 0x20 }) else {
                return nil
            }
            // A relative path is a file of the box, which is part of the key.
            if word.first == UInt8(ascii: "/") { paths.append(String(decoding: word, as: UTF8.self)) }
        }
        return paths.isEmpty ? nil : paths
    }
}
