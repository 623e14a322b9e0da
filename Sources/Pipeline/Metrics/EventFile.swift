import Glibc

/// A file of numbers that TensorBoard draws.
///
/// A record is the length of its data, a checksum of the length, the data and a checksum of them; the data are a message
/// `Event` of protocol buffers. Reference: `record_writer.h` and `event.proto` of TensorFlow.
struct EventFile: Sendable {
    private let sink: LineSink

    /// Makes a file in a folder; its name says when, so that those of a run that went on stand beside one another.
    init(in folder: String) throws(PipelineError) {
        let now = time(nil)
        sink = try .file("\(folder)/events.out.tfevents.\(now).retort.\(getpid())")
        try append(Self.double(1, Double(now)) + Self.bytes(3, Array("brain.Event:2".utf8)))
    }

    /// Adds the numbers of a step.
    func append(_ values: [(name: String, value: Double)], step: Int) throws(PipelineError) {
        let summary = values.flatMap { name, value in
            Self.bytes(1, Self.bytes(1, Array(name.utf8)) + Self.float(2, Float(value)))
        }
        try append(
            Self.double(1, Double(time(nil))) + [0x10] + Self.varint(UInt64(step)) + Self.bytes(5, summary))
    }

    private func append(_ data: [UInt8]) throws(PipelineError) {
        let length = Self.little(UInt64(data.count))
        try sink.write(
            length + Self.little(CyclicChecksum.masked(length)) + data + Self.little(CyclicChecksum.masked(data)))
    }

    // MARK: - Protocol buffers

    private static func double(_ field: UInt8, _ value: Double) -> [UInt8] {
        [field << 3 | 1] + little(value.bitPattern)
    }

    private static func float(_ field: UInt8, _ value: Float) -> [UInt8] {
        [field << 3 | 5] + little(value.bitPattern)
    }

    private static func bytes(_ field: UInt8, _ value: [UInt8]) -> [UInt8] {
        [field << 3 | 2] + varint(UInt64(value.count)) + value
    }

    private static func varint(_ value: UInt64) -> [UInt8] {
        var value = value
        var bytes: [UInt8] = []
        while value >= 0x80 {
            bytes.append(UInt8(value & 0x7F) | 0x80)
            value >>= 7
        }
        return bytes + [UInt8(value)]
    }

    private static func little(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}
