import CZlib

/// Takes one file out of a ZIP archive; names and sizes in it are not believed.
///
/// Reference: APPNOTE.TXT of PKWARE, sections 4.3.7, 4.3.12 and 4.3.16.
struct ZipArchive {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The content of a member.
    ///
    /// - Parameter size: The bytes that it has to have.
    /// - Throws: `PipelineError` when there is none of that name, or the archive is damaged.
    func content(of name: String, size: Int) throws(PipelineError) -> [UInt8] {
        guard let end = end(), var entry = number(end + 16, 4), let count = number(end + 10, 2) else { throw damaged }
        for _ in 0..<count {
            guard number(entry, 4) == 0x0201_4B50, let nameLength = number(entry + 28, 2),
                let extra = number(entry + 30, 2), let comment = number(entry + 32, 2),
                let found = text(entry + 46, nameLength)
            else { throw damaged }
            if found == name { return try content(at: entry, size: size) }
            entry += 46 + nameLength + extra + comment
        }
        throw PipelineError(.user, "the package has no '\(name)'")
    }

    // MARK: -

    private var damaged: PipelineError {
        PipelineError(
            .user, "the package is no ZIP archive, is damaged, or holds a file of another size",
            hint: "fetch it again; if that stays so, do not use it")
    }

    /// Where the list of members is told of: at the end, before a comment.
    private func end() -> Int? {
        guard bytes.count >= 22 else { return nil }
        return (max(0, bytes.count - 22 - 65_535)...(bytes.count - 22)).last { number($0, 4) == 0x0605_4B50 }
    }

    private func content(at entry: Int, size: Int) throws(PipelineError) -> [UInt8] {
        guard let method = number(entry + 10, 2), let packed = number(entry + 20, 4),
            let unpacked = number(entry + 24, 4), let local = number(entry + 42, 4), unpacked == size,
            number(local, 4) == 0x0403_4B50, let nameLength = number(local + 26, 2), let extra = number(local + 28, 2)
        else { throw damaged }
        let start = local + 30 + nameLength + extra
        guard start <= bytes.count, packed <= bytes.count - start else { throw damaged }
        let data = bytes[start..<(start + packed)]
        switch method {
        case 0 where packed == size: return Array(data)
        case 8: return try inflated(data, size: size)
        default: throw damaged
        }
    }

    private func inflated(_ data: ArraySlice<UInt8>, size: Int) throws(PipelineError) -> [UInt8] {
        var stream = z_stream()
        guard czlib_start_inflate(&stream) == Z_OK else { throw PipelineError(.user, "no memory to unpack with") }
        defer { inflateEnd(&stream) }
        var input = Array(data)
        var code: Int32 = Z_OK
        let content = input.withUnsafeMutableBufferPointer { input in
            // One byte more than there may be, so that more is seen.
            [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(clamping: input.count)
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(clamping: size + 1)
                code = inflate(&stream, Z_FINISH)
                count = size + 1 - Int(stream.avail_out)
            }
        }
        guard code == Z_STREAM_END, content.count == size else { throw damaged }
        return content
    }

    private func number(_ offset: Int, _ width: Int) -> Int? {
        guard offset >= 0, offset <= bytes.count - width else { return nil }
        return (0..<width).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    }

    private func text(_ offset: Int, _ count: Int) -> String? {
        guard offset >= 0, count <= bytes.count - offset else { return nil }
        return String(validating: bytes[offset..<(offset + count)], as: UTF8.self)
    }
}
