import CZlib
import Glibc

/// The bytes of a file as they come, unpacked when they are gzip.
///
/// Memory does not depend on the file, however much a few bytes of gzip may claim to hold.
final class ByteStream {
    private static let pieceSize = 1 << 18

    private let file: ReadableFile
    private let input: UnsafeMutablePointer<UInt8>
    private var inputCount = 0
    private var isAtEnd = false
    /// The state of unpacking; nil for a file that is not packed.
    private var gzip: UnsafeMutablePointer<z_stream>?
    /// Whether a packed part has ended, so that what follows is another or nothing.
    private var isBetweenParts = false

    /// Opens a file, `-` for standard input, and looks whether it is packed.
    init(_ path: String) throws(PipelineError) {
        file = try ReadableFile(path)
        input = .allocate(capacity: Self.pieceSize)
        try fill()
        while inputCount == 1 && !isAtEnd { try fill() }
        guard inputCount >= 2, input[0] == 0x1F, input[1] == 0x8B else { return }
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        gzip = stream
        guard czlib_start_gunzip(stream) == Z_OK else {
            throw PipelineError(.user, "cannot unpack '\(file.name)': no memory")
        }
    }

    deinit {
        if let gzip {
            inflateEnd(gzip)
            gzip.deallocate()
        }
        input.deallocate()
    }

    /// The next bytes; none at the end.
    ///
    /// - Throws: `PipelineError` when the file cannot be read or its packing is broken.
    func next() throws(PipelineError) -> [UInt8] {
        guard let gzip else {
            if inputCount == 0 { try fill() }
            defer { inputCount = 0 }
            return Array(UnsafeBufferPointer(start: input, count: inputCount))
        }
        return try unpack(gzip)
    }

    private func unpack(_ stream: UnsafeMutablePointer<z_stream>) throws(PipelineError) -> [UInt8] {
        while true {
            if inputCount == 0 && !isAtEnd { try fill() }
            if inputCount == 0 {
                if isBetweenParts { return [] }
                throw PipelineError(.user, "'\(file.name)' ends in the middle of its gzip data")
            }
            if isBetweenParts {
                // Parts may follow one another; zeros behind the last are padding.
                if input[0] != 0x1F { return [] }
                inflateReset(stream)
                isBetweenParts = false
            }
            var produced = 0
            var code: Int32 = Z_OK
            let piece = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
                stream.pointee.next_in = input
                stream.pointee.avail_in = UInt32(inputCount)
                stream.pointee.next_out = buffer.baseAddress
                stream.pointee.avail_out = UInt32(Self.pieceSize)
                code = inflate(stream, Z_NO_FLUSH)
                produced = Self.pieceSize - Int(stream.pointee.avail_out)
                count = produced
            }
            let left = Int(stream.pointee.avail_in)
            input.update(from: input + (inputCount - left), count: left)
            inputCount = left
            if code == Z_STREAM_END { isBetweenParts = true }
            guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else {
                throw PipelineError(.user, "'\(file.name)' is damaged: its gzip data make no sense")
            }
            if produced > 0 { return piece }
        }
    }

    /// Reads more behind what is there.
    private func fill() throws(PipelineError) {
        while true {
            let count = read(file.descriptor, input + inputCount, Self.pieceSize - inputCount)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw PipelineError(.user, "cannot read '\(file.name)': \(SystemFailure.text())")
            }
            isAtEnd = count == 0
            inputCount += count
            return
        }
    }
}
