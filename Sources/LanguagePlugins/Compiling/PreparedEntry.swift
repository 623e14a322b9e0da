/// What the store writes about one thing that was prepared, beside it.
struct PreparedEntry: Sendable, Equatable {
    /// The name of the file.
    var output: String
    /// Its size in bytes.
    var size: Int
    /// Its checksum in hexadecimal.
    var checksum: String
    /// The host's files that it was made from.
    var stamps: [FileStamp]

    /// The name of the file that holds it.
    static let fileName = "entry"
    private static let magic = "retort-prepared 2"
    private static let end = "end"

    /// The entry as text; its last line shows that it is whole.
    var text: String {
        ([Self.magic, "\(size) \(checksum) \(output)"] + stamps.map(\.line) + [Self.end, ""]).joined(separator: "\n")
    }

    init(output: String, size: Int, checksum: String, stamps: [FileStamp]) {
        self.output = output
        self.size = size
        self.checksum = checksum
        self.stamps = stamps
    }

    /// Reads an entry; nil when it is torn.
    init?(text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 4, lines[0] == Self.magic, lines[lines.count - 2] == Self.end, lines.last == "" else {
            return nil
        }
        let words = lines[1].split(separator: " ")
        guard words.count == 3, let size = Int(words[0]), words[1].utf8.count == 16,
            FileName.isValid(String(words[2]))
        else { return nil }
        var stamps: [FileStamp] = []
        for line in lines[2..<(lines.count - 2)] {
            guard let stamp = FileStamp(line: line) else { return nil }
            stamps.append(stamp)
        }
        self.init(output: String(words[2]), size: size, checksum: String(words[1]), stamps: stamps)
    }
}
