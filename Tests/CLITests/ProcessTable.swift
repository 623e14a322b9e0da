import Foundation

/// What `/proc` tells of processes.
enum ProcessTable {
    /// All descendants of a process.
    static func children(of parent: Int32) -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        let direct = names.compactMap { Int32($0) }.filter { parentOf($0) == parent }
        return direct + direct.flatMap(children(of:))
    }

    /// Whether a process is there and is more than a zombie.
    static func isAlive(_ process: Int32) -> Bool {
        fields(process).first.map { $0 != "Z" } ?? false
    }

    private static func parentOf(_ process: Int32) -> Int32? { fields(process).dropFirst().first.flatMap { Int32($0) } }

    /// The fields behind the name, which may itself hold blanks and brackets.
    private static func fields(_ process: Int32) -> [Substring] {
        guard let data = FileManager.default.contents(atPath: "/proc/\(process)/stat") else { return [] }
        let text = String(decoding: data, as: UTF8.self)
        guard let end = text.lastIndex(of: ")") else { return [] }
        return text[text.index(after: end)...].split(separator: " ")
    }
}
