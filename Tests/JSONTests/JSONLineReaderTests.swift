import Glibc
import JSON
import Testing

@Suite("JSON lines are streamed")
struct JSONLineReaderTests {
    /// Reads a text through a pipe, whose pieces are as large as the writer makes them.
    private func lines(_ text: [UInt8], limit: Int = 1 << 20) throws -> [JSONLine] {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { close(ends[0]) }
        try #require(text.count <= 65536, "the pipe would block")
        try #require(write(ends[1], text, text.count) == text.count)
        close(ends[1])
        var reader = JSONLineReader(descriptor: ends[0], maximumLineLength: limit)
        var lines: [JSONLine] = []
        while let line = try reader.next() { lines.append(line) }
        return lines
    }

    @Test("lines come with their numbers, blank ones do not come")
    func numbers() throws {
        let lines = try lines(Array("\u{FEFF}{\"a\":1}\r\n\n  \n[2]\n3".utf8))
        #expect(lines.map(\.number) == [1, 4, 5])
        #expect(try lines.map { try $0.parse() } == [["a": 1], [2], 3])
    }

    @Test("what has been read comes without waiting, and blank lines do not make it wait")
    func buffered() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { close(ends[0]) }
        defer { close(ends[1]) }
        let text = Array("1\n\n2\n\n \n3".utf8)
        try #require(write(ends[1], text, text.count) == text.count)
        var reader = JSONLineReader(descriptor: ends[0])
        #expect(try reader.nextBuffered() == nil, "nothing has been read yet")
        #expect(try reader.next()?.parse() == 1)
        let second = try reader.nextBuffered()
        #expect(second?.number == 3)
        // The pipe stays open: a reader that wanted more than it has would wait for ever.
        #expect(try reader.nextBuffered() == nil)
        try #require(write(ends[1], [0x0A], 1) == 1)
        #expect(try reader.next()?.parse() == 3)
    }

    @Test("an empty file has no lines")
    func empty() throws {
        #expect(try lines([]).isEmpty)
    }

    @Test("a line that is too long is one error, and reading goes on behind it")
    func tooLong() throws {
        let long = [UInt8](repeating: UInt8(ascii: "1"), count: 5000)
        let lines = try lines([0x31, 0x0A] + long + [0x0A, 0x32, 0x0A], limit: 100)
        #expect(lines.count == 3)
        #expect(try lines[0].parse() == 1)
        #expect(try lines[2].parse() == 2)
        let error = try #require(throws: JSONError.self) { try lines[1].parse() }
        #expect(error.line == 2)
        #expect(error.message.contains("5000 bytes"))
    }

    @Test("an error in a line has the line's number in the file")
    func badLine() throws {
        let lines = try lines(Array("{}\n{\n[]\n".utf8))
        let error = try #require(throws: JSONError.self) { try lines[1].parse() }
        #expect(error.line == 2)
        #expect(try lines[2].parse() == [])
    }

    @Test("a directory cannot be read")
    func directory() throws {
        let descriptor = open("/", O_RDONLY)
        defer { close(descriptor) }
        var reader = JSONLineReader(descriptor: descriptor)
        do throws(JSONError) {
            _ = try reader.next()
            Issue.record("a directory was read")
        } catch {
            #expect(error.message == "cannot read: Is a directory")
        }
    }
}
