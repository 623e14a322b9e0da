import Foundation

/// A folder that is removed with its owner.
final class ScratchFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "retort-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// Writes a file and gives its path.
    func file(_ name: String, _ text: String) throws -> String {
        let file = "\(path)/\(name)"
        try Data(text.utf8).write(to: URL(filePath: file))
        return file
    }

    /// The text of a file.
    func text(_ name: String) throws -> String {
        try String(decoding: Data(contentsOf: URL(filePath: "\(path)/\(name)")), as: UTF8.self)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
