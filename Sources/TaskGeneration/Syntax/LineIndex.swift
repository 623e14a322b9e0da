import Tasks

/// The lines of a text by their places, to turn an edit of bytes into an edit of a line.
struct LineIndex {
    private let bytes: [UInt8]
    private let starts: [Int]

    init(_ text: String) {
        let bytes = Array(text.utf8)
        self.bytes = bytes
        starts = [0] + bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
    }

    /// The line that an edit makes another; nil when it spans more than one, or puts more than one there.
    func lineEdit(_ edit: TextEdit) -> LineEdit? {
        guard let line = starts.lastIndex(where: { $0 <= edit.range.lowerBound }), !edit.text.utf8.contains(0x0A) else {
            return nil
        }
        let end = line + 1 < starts.count ? starts[line + 1] - 1 : bytes.count
        guard edit.range.upperBound <= end else { return nil }
        let text =
            bytes[starts[line]..<edit.range.lowerBound] + Array(edit.text.utf8) + bytes[edit.range.upperBound..<end]
        return LineEdit(index: line, line: String(decoding: text, as: UTF8.self))
    }
}
