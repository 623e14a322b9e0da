/// The file that a program is put into before it is compiled or run.
public struct SourceFile: Sendable, Hashable {
    /// Its usual name.
    public var name: String
    /// Starts of lines that name the file by what follows: Java wants a public class in the file of its name.
    public var namedBy: [String]

    /// The ending of the file's name, without the dot.
    public var fileExtension: String {
        name.split(separator: ".").last.map(String.init) ?? ""
    }

    /// The name of the file for one program.
    func name(for source: [UInt8]) -> String {
        guard !namedBy.isEmpty else { return name }
        for line in source.split(separator: 0x0A) {
            for start in namedBy where line.starts(with: start.utf8) {
                let word = line.dropFirst(start.utf8.count).prefix(while: Self.isWordByte)
                // A file name has at most 255 bytes, and a word that long is a mistake or an attack.
                if let first = word.first, word.count <= 100, !(0x30...0x39).contains(first) {
                    return String(decoding: word, as: UTF8.self) + "." + fileExtension
                }
            }
        }
        return name
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39,
            UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
