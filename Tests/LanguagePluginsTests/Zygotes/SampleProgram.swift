import TestSupport
import Testing

@testable import LanguagePlugins

/// A Python program of the fixtures, with what it reads.
struct SampleProgram: Sendable, CustomTestStringConvertible {
    var name: String
    var source: [UInt8] = []
    var files: [String: [UInt8]] = [:]
    var stdin: [UInt8] = []
    var arguments: [String] = []

    var testDescription: String { name }
    var program: SourceProgram { SourceProgram(language: "python", source: source, files: files) }

    /// The programs of `edges.txt`: a section a program, and in it parts for its input and the files beside it.
    static let edges: [SampleProgram] = {
        guard let text = try? HostFolder.file("\(PackageRoot.path)/Tests/Fixtures/zygote/edges.txt") else { return [] }
        var programs: [SampleProgram] = []
        var part = ""
        for line in text.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
            let words = String(decoding: line, as: UTF8.self)
            if words.hasPrefix("=== ") {
                programs.append(SampleProgram(name: String(words.dropFirst(4))))
                part = ""
            } else if words.hasPrefix("--- ") {
                part = String(words.dropFirst(4))
                if part.hasPrefix("file ") { programs[programs.count - 1].files[String(part.dropFirst(5))] = [] }
            } else {
                programs[programs.count - 1].take(Array(line) + [0x0A], of: part)
            }
        }
        return programs
    }()

    private mutating func take(_ line: [UInt8], of part: String) {
        switch part {
        case "": source += line
        case "stdin": stdin += line
        case "stdin-hex": stdin += Self.bytes(line)
        case "program-hex": source += Self.bytes(line)
        case "arguments": arguments.append(String(decoding: line.dropLast(), as: UTF8.self))
        default: files[String(part.dropFirst(5)), default: []] += line
        }
    }

    private static func bytes(_ line: [UInt8]) -> [UInt8] {
        let digits = line.compactMap { UInt8(String(UnicodeScalar($0)), radix: 16) }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
