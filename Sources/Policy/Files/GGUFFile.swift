/// A file of weights in the format GGUF, versions 2 and 3, little-endian.
///
/// No number in it is believed: every length is held against what is left of the file before anything is made room for.
/// Reference: `docs/gguf.md` of ggml.
public struct GGUFFile: Sendable {
    /// The most tensors; the largest models have some thousands.
    public static let tensorLimit = 65_536
    /// The most entries of metadata.
    public static let metadataLimit = 65_536
    private static let nameLimit = 65_535
    private static let dimensionLimit = 4

    /// The entries of metadata by name.
    public let metadata: [String: GGUFValue]
    /// The tensors in the order of the file.
    public let tensors: [GGUFTensor]
    /// The bytes.
    public let bytes: FileBytes

    /// Maps and reads a file.
    ///
    /// - Throws: `ModelFileError` for anything that is not as the format says.
    public init(_ path: String) throws(ModelFileError) { try self.init(FileBytes(path)) }

    /// Reads the header of a file.
    public init(_ bytes: FileBytes) throws(ModelFileError) {
        self.bytes = bytes
        var cursor = ByteCursor(file: bytes)
        guard try cursor.integer(UInt32.self) == 0x4655_4747 else { throw bytes.error("is no GGUF file") }
        let version = try cursor.integer(UInt32.self)
        guard version == 2 || version == 3 else { throw bytes.error("is GGUF of version \(version), not 2 or 3") }
        let tensorCount = try cursor.count(of: "tensors", atLeast: 24, limit: Self.tensorLimit)
        let metadataCount = try cursor.count(of: "entries of metadata", atLeast: 13, limit: Self.metadataLimit)
        var metadata: [String: GGUFValue] = [:]
        for _ in 0..<metadataCount {
            let key = try cursor.name("key", limit: Self.nameLimit)
            let type = try cursor.integer(UInt32.self)
            guard metadata.updateValue(try cursor.value(type, of: key), forKey: key) == nil else {
                throw bytes.error("has the entry '\(key)' twice")
            }
        }
        self.metadata = metadata
        tensors = try Self.tensors(tensorCount, &cursor, metadata)
    }

    private static func tensors(_ count: Int, _ cursor: inout ByteCursor, _ metadata: [String: GGUFValue])
        throws(ModelFileError) -> [GGUFTensor]
    {
        let file = cursor.file
        var heads: [(name: String, shape: [Int], encoding: WeightEncoding, offset: UInt64)] = []
        var names: Set<String> = []
        for _ in 0..<count {
            let name = try cursor.name("tensor's name", limit: nameLimit)
            guard names.insert(name).inserted else { throw file.error("has the tensor '\(name)' twice") }
            let dimensions = try cursor.integer(UInt32.self)
            guard (1...UInt32(dimensionLimit)).contains(dimensions) else {
                throw file.error("gives '\(name)' \(dimensions) dimensions")
            }
            var shape: [Int] = []
            for _ in 0..<dimensions {
                guard let size = Int(exactly: try cursor.integer(UInt64.self)), size > 0 else {
                    throw file.error("gives '\(name)' an impossible shape")
                }
                shape.append(size)
            }
            let type = try cursor.integer(UInt32.self)
            guard let encoding = WeightEncoding(rawValue: type) else {
                throw file.error("holds '\(name)' in encoding \(type); F32, F16, BF16, Q4_0, Q4_1 and Q8_0 are read")
            }
            heads.append((name, shape, encoding, try cursor.integer(UInt64.self)))
        }
        let alignment = metadata["general.alignment"]?.integer ?? 32
        guard (1...(1 << 20)).contains(alignment), alignment & (alignment - 1) == 0 else {
            throw file.error("has the impossible alignment \(alignment)")
        }
        let start = (cursor.offset + alignment - 1) / alignment * alignment
        var tensors: [GGUFTensor] = []
        for head in heads {
            guard let bytes = size(of: head.shape, head.encoding), let offset = Int(exactly: head.offset),
                offset % alignment == 0, start <= file.count, offset <= file.count - start,
                bytes <= file.count - start - offset
            else { throw file.error("has '\(head.name)' lie outside of itself") }
            let range = (start + offset)..<(start + offset + bytes)
            tensors.append(
                GGUFTensor(name: head.name, shape: head.shape.reversed(), encoding: head.encoding, range: range))
        }
        return tensors
    }

    /// The bytes of a tensor; nil when its rows are no whole blocks, or the product overflows.
    private static func size(of shape: [Int], _ encoding: WeightEncoding) -> Int? {
        guard shape[0] % encoding.blockSize == 0 else { return nil }
        var bytes = encoding.blockBytes
        for (place, size) in shape.enumerated() {
            let (product, overflow) = bytes.multipliedReportingOverflow(
                by: place == 0 ? size / encoding.blockSize : size)
            if overflow { return nil }
            bytes = product
        }
        return bytes
    }
}
