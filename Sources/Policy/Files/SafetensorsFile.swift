import JSON

/// A file of tensors in the format safetensors.
///
/// Reference: the format's own description, https://github.com/huggingface/safetensors, README, "Format".
public struct SafetensorsFile: TensorSource {
    /// Where a tensor lies, and how.
    public struct Tensor: Sendable, Hashable {
        /// The type as the format writes it, such as `F32`.
        public var type: String
        /// The shape, the slowest index first.
        public var shape: [Int]
        /// The bytes in the file.
        public var range: Range<Int>
    }

    /// The longest header, as the format has it.
    public static let headerLimit = 100_000_000
    /// The most tensors.
    public static let tensorLimit = 65_536

    /// The tensors by name.
    public let tensors: [String: Tensor]
    /// The names in the order of the data.
    public let tensorNames: [String]
    /// What the file says of itself.
    public let metadata: [String: String]
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
        let length = try cursor.count(of: "bytes of header", atLeast: 1, limit: Self.headerLimit)
        let header: JSONFields
        let text = Array(try cursor.take(length))
        do throws(JSONError) {
            header = try JSONFields(JSONValue.parse(text, limits: JSONLimits(bytes: Self.headerLimit, depth: 8)))
        } catch {
            throw bytes.error("has no header that can be read: \(error.description)")
        }
        guard header.members.count <= Self.tensorLimit else {
            throw bytes.error("claims \(header.members.count) tensors, more than \(Self.tensorLimit)")
        }
        var tensors: [String: Tensor] = [:]
        var metadata: [String: String] = [:]
        do throws(JSONError) {
            for (name, value) in header.members {
                let fields = try JSONFields(value, path: header.path.appending(key: name))
                if name == "__metadata__" {
                    for key in fields.members.keys { metadata[key] = try fields.string(key) }
                } else {
                    tensors[name] = try Self.tensor(fields, start: cursor.offset, end: bytes.count)
                }
            }
        } catch {
            throw bytes.error("has a header that is not right: \(error.description)")
        }
        self.metadata = metadata
        self.tensors = tensors
        tensorNames = tensors.keys.sorted { left, right in
            let (first, second) = (tensors[left]?.range.lowerBound ?? 0, tensors[right]?.range.lowerBound ?? 0)
            return (first, left) < (second, right)
        }
        var end = cursor.offset
        for name in tensorNames {
            guard let range = tensors[name]?.range, range.lowerBound == end else {
                throw bytes.error("has bytes before '\(name)' that belong to nothing or to two tensors")
            }
            end = range.upperBound
        }
        guard end == bytes.count else { throw bytes.error("has bytes behind its tensors") }
    }

    /// The shape of a tensor; nil when there is none of that name.
    public func shape(of name: String) -> [Int]? { tensors[name]?.shape }

    /// Reads a tensor of type `F32`, `F16` or `BF16`.
    public func read(_ name: String, into destination: UnsafeMutableBufferPointer<Float>) throws(ModelFileError) {
        guard let tensor = tensors[name] else { throw bytes.error("has no tensor '\(name)'") }
        guard let encoding = Self.encodings[tensor.type] else {
            throw bytes.error("holds '\(name)' as \(tensor.type); F32, F16 and BF16 are read")
        }
        guard tensor.range.count / encoding.blockBytes == destination.count else {
            throw bytes.error(
                "has \(tensor.range.count / encoding.blockBytes) elements in '\(name)', not \(destination.count)")
        }
        encoding.decode(try bytes.bytes(tensor.range), into: destination)
    }

    /// The bytes of a tensor as they lie in the file.
    public func data(_ name: String) throws(ModelFileError) -> [UInt8] {
        guard let tensor = tensors[name] else { throw bytes.error("has no tensor '\(name)'") }
        return Array(try bytes.bytes(tensor.range))
    }

    // MARK: -

    /// The bytes of an element of each type.
    static let sizes = [
        "BOOL": 1, "U8": 1, "I8": 1, "F8_E5M2": 1, "F8_E4M3": 1, "I16": 2, "U16": 2, "F16": 2, "BF16": 2, "I32": 4,
        "U32": 4, "F32": 4, "F64": 8, "I64": 8, "U64": 8,
    ]
    private static let encodings: [String: WeightEncoding] = ["F32": .f32, "F16": .f16, "BF16": .bf16]

    private static func tensor(_ fields: JSONFields, start: Int, end: Int) throws(JSONError) -> Tensor {
        let type = try fields.string("dtype")
        guard var bytes = sizes[type] else { throw fields.error("is an unknown type", at: "dtype") }
        var shape: [Int] = []
        for value in try fields.array("shape") {
            guard let size = value.integer, size >= 0 else { throw fields.error("is no shape", at: "shape") }
            let (product, overflow) = bytes.multipliedReportingOverflow(by: Int(size))
            if overflow { throw fields.error("is too large", at: "shape") }
            bytes = product
            shape.append(Int(size))
        }
        let offsets = try fields.array("data_offsets").compactMap(\.integer)
        guard offsets.count == 2, offsets[0] >= 0, offsets[1] >= offsets[0], offsets[1] <= end - start,
            offsets[1] - offsets[0] == bytes
        else { throw fields.error("are not those of this tensor in this file", at: "data_offsets") }
        return Tensor(type: type, shape: shape, range: (start + Int(offsets[0]))..<(start + Int(offsets[1])))
    }
}
