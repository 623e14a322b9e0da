import JSON

/// Writes tensors in the format safetensors, without holding more than one of them twice.
public struct SafetensorsWriter {
    private struct Entry {
        var name: String
        var type: String
        var shape: [Int]
        var byteCount: Int
        var write: ((UnsafeRawBufferPointer) throws(ModelFileError) -> Void) throws(ModelFileError) -> Void
    }

    private var entries: [Entry] = []
    private let metadata: [(String, String)]

    /// Makes a writer of nothing yet.
    ///
    /// - Parameter metadata: What the file says of itself; transformers wants to be told `format`.
    public init(metadata: [(String, String)] = [("format", "pt")]) { self.metadata = metadata }

    /// Adds a tensor whose elements are lent when it is written.
    ///
    /// - Parameters:
    ///   - shape: The shape, the slowest index first.
    ///   - elements: Calls with exactly as many elements as the shape has.
    public mutating func add(
        _ name: String, shape: [Int],
        elements: @escaping ((UnsafeBufferPointer<Float>) throws(ModelFileError) -> Void) throws(ModelFileError) -> Void
    ) {
        let count = shape.reduce(1, *)
        entries.append(
            Entry(name: name, type: "F32", shape: shape, byteCount: 4 * count) { write throws(ModelFileError) in
                try elements { buffer throws(ModelFileError) in
                    precondition(buffer.count == count, "\(buffer.count) elements for \(name), not \(count)")
                    try write(UnsafeRawBufferPointer(buffer))
                }
            })
    }

    /// Adds a tensor of numbers.
    public mutating func add(_ name: String, shape: [Int], _ values: [Float]) {
        add(name, shape: shape) { write throws(ModelFileError) in
            var failure: ModelFileError?
            values.withUnsafeBufferPointer { buffer in
                do throws(ModelFileError) { try write(buffer) } catch { failure = error }
            }
            if let failure { throw failure }
        }
    }

    /// Adds bytes, as a tensor of type `U8`.
    public mutating func add(_ name: String, bytes: [UInt8]) {
        entries.append(
            Entry(name: name, type: "U8", shape: [bytes.count], byteCount: bytes.count) {
                write throws(ModelFileError) in
                var failure: ModelFileError?
                bytes.withUnsafeBytes { buffer in
                    do throws(ModelFileError) { try write(buffer) } catch { failure = error }
                }
                if let failure { throw failure }
            })
    }

    /// Writes everything that was added.
    ///
    /// - Throws: `ModelFileError` when the disk is full or the place cannot be written; what was there stays.
    public func write(to path: String) throws(ModelFileError) {
        var header: JSONObject = [:]
        if !metadata.isEmpty {
            header["__metadata__"] = .object(JSONObject(metadata.map { ($0.0, .string($0.1)) }))
        }
        var offset: Int64 = 0
        for entry in entries {
            let end = offset + Int64(entry.byteCount)
            header[entry.name] = [
                "dtype": .string(entry.type), "shape": .array(entry.shape.map { .integer(Int64($0)) }),
                "data_offsets": [.integer(offset), .integer(end)],
            ]
            offset = end
        }
        var text = JSONValue.object(header).serializedBytes()
        // Data that begins at a multiple of eight may be used where it is mapped.
        text += [UInt8](repeating: 0x20, count: (8 - text.count % 8) % 8)
        let length = UInt64(text.count)
        let head = (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + text
        try WholeFile.write(path) { write throws(ModelFileError) in
            var failure: ModelFileError?
            head.withUnsafeBytes { buffer in
                do throws(ModelFileError) { try write(buffer) } catch { failure = error }
            }
            if let failure { throw failure }
            for entry in entries { try entry.write(write) }
        }
    }
}
