import Glibc
import JSON

extension RewardPreset {
    /// The presets that come with the program, by name; the first is the default.
    public static let builtInNames = ["codeboost", "codeboost-reference", "tests", "tests-strict"]

    /// The name of the preset that is used when none is named.
    public static let defaultName = "codeboost"

    /// Loads a preset that comes with the program.
    ///
    /// - Throws: `RewardError` for a name that is not known.
    public static func load(name: String) throws(RewardError) -> RewardPreset {
        let bytes: [UInt8]
        switch name {
        case "codeboost": bytes = PackageResources.codeboost_json
        case "codeboost-reference": bytes = PackageResources.codeboost_reference_json
        case "tests": bytes = PackageResources.tests_json
        case "tests-strict": bytes = PackageResources.tests_strict_json
        default:
            let known = builtInNames.joined(separator: ", ")
            throw RewardError(JSONError("unknown preset \"\(name)\"; known are \(known)"))
        }
        return try RewardPreset(JSONSource(bytes, file: "\(name).json"))
    }

    /// Loads a preset from a file.
    ///
    /// - Throws: `RewardError` for a file that cannot be read, and for whatever is wrong in it.
    public static func load(file: String) throws(RewardError) -> RewardPreset {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw cannotRead(file) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw cannotRead(file)
            }
            if count == 0 { break }
            bytes += chunk[..<count]
            // The parser refuses it with its size; there is no need to read the rest of a device that never ends.
            if bytes.count > 2 << 20 { break }
        }
        return try RewardPreset(JSONSource(bytes, file: file))
    }

    private static func cannotRead(_ file: String) -> RewardError {
        RewardError(JSONError("cannot read: \(String(cString: strerror(errno)))", file: file))
    }
}
