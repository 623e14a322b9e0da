/// Puts the paths that a program prints into the one project in which every program seems to stand.
struct VirtualPaths: Sendable {
    /// What the working folder is called in outputs.
    private let folder: [UInt8]
    /// The program's file with a slash before it, where the working folder's own path is not known.
    private let file: [UInt8]?

    /// Makes the rule for a run.
    init(_ surroundings: Surroundings, scratch: ScratchPlace, file: String) {
        folder = surroundings == .usual ? [] : Array("\(Surroundings.home)/\(surroundings.folder)".utf8)
        self.file = scratch == .workingFolder ? Array("/\(file)".utf8) : nil
    }

    /// The bytes with the usual paths in them.
    func applied(to bytes: [UInt8]) -> [UInt8] {
        if let file { return replacingPaths(endingIn: file, in: bytes) }
        guard !folder.isEmpty, bytes.contains(UInt8(ascii: "/")) else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var cursor = 0
        while cursor < bytes.count {
            if bytes[cursor] == folder[0], bytes[cursor...].starts(with: folder) {
                result += Array(Surroundings.home.utf8)
                cursor += folder.count
            } else {
                result.append(bytes[cursor])
                cursor += 1
            }
        }
        return result
    }

    /// Where a box has no mounts, its working folder has a path of the host, other in every slot.
    private func replacingPaths(endingIn file: [UInt8], in bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for byte in bytes {
            result.append(byte)
            guard byte == file.last, result.count >= file.count, result.suffix(file.count).elementsEqual(file) else {
                continue
            }
            var start = result.count - file.count
            while start > 0, Self.isPathByte(result[start - 1]) { start -= 1 }
            guard result[start] == UInt8(ascii: "/") else { continue }
            result.removeSubrange(start...)
            result += Array(Surroundings.home.utf8) + file
        }
        return result
    }

    private static func isPathByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x2D...0x39, 0x5F: true
        default: false
        }
    }
}
