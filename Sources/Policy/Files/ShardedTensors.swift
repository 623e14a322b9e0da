public import JSON

/// The tensors of a model that lie in several safetensors files, which an index names.
public struct ShardedTensors: TensorSource {
    /// The most files.
    public static let fileLimit = 1024
    /// The largest index, in bytes.
    public static let indexLimit = 32 << 20

    /// The file of each tensor.
    private let files: [String: SafetensorsFile]
    /// The names, in the order of the files.
    public let tensorNames: [String]

    /// Reads an index and the heads of the files that it names.
    ///
    /// - Parameters:
    ///   - index: The file `model.safetensors.index.json`.
    ///   - folder: Where the files lie; the index can name none elsewhere.
    /// - Throws: `ModelFileError` when the index or a file is not right, or one does not hold what the other says.
    public init(_ index: JSONSource, folder: String) throws(ModelFileError) {
        let map = try Self.map(index)
        var files: [String: SafetensorsFile] = [:]
        var names: [String] = []
        for name in Set(map.values).sorted() {
            let file = try SafetensorsFile("\(folder)/\(name)")
            for tensor in file.tensorNames {
                guard map[tensor] == name else {
                    throw file.bytes.error("holds '\(tensor)', which the index has elsewhere or not at all")
                }
                files[tensor] = file
                names.append(tensor)
            }
        }
        if let missing = map.keys.sorted().first(where: { files[$0] == nil }) {
            throw ModelFileError("has no tensor '\(missing)', which the index has there", file: map[missing] ?? "")
        }
        self.files = files
        tensorNames = names
    }

    /// The shape of a tensor; nil when there is none of that name.
    public func shape(of name: String) -> [Int]? { files[name]?.shape(of: name) }

    /// Reads a tensor of type `F32`, `F16` or `BF16`.
    public func read(_ name: String, into destination: UnsafeMutableBufferPointer<Float>) throws(ModelFileError) {
        guard let file = files[name] else { throw ModelFileError("the files hold no tensor '\(name)'") }
        try file.read(name, into: destination)
    }

    /// The name of the file of each tensor.
    private static func map(_ index: JSONSource) throws(ModelFileError) -> [String: String] {
        do throws(JSONError) {
            let limits = JSONLimits(bytes: indexLimit, depth: 8)
            let fields = try JSONFields(index.parse(limits: limits), source: index).object("weight_map")
            guard !fields.members.isEmpty, fields.members.count <= SafetensorsFile.tensorLimit else {
                throw fields.error("names \(fields.members.count) tensors")
            }
            var map: [String: String] = [:]
            for tensor in fields.members.keys {
                let name = try fields.string(tensor)
                // A name with a slash could lead anywhere on this host.
                guard name.hasSuffix(".safetensors"), !name.contains("/"), !name.unicodeScalars.contains("\0") else {
                    throw fields.error("is no file beside the index", at: tensor)
                }
                map[tensor] = name
            }
            let count = Set(map.values).count
            guard count <= fileLimit else { throw fields.error("names \(count) files, more than \(fileLimit)") }
            return map
        } catch {
            throw ModelFileError(error.description)
        }
    }
}
