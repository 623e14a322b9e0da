import JSON

/// The lines of all input files, one after the other, numbered through; read on a thread of their own.
actor RolloutLines {
    /// One line of the input.
    struct Line: Sendable {
        /// Its place among all lines that are not blank, from 0.
        var index: Int
        /// The file that it stands in.
        var file: String
        /// Its number in that file, its bytes or why they cannot be had.
        var content: JSONLine

        /// The rollout's name, when the line is good enough to tell; reads the line anew.
        var id: String? {
            guard let value = (try? content.parse())?["id"] else { return nil }
            return value.string ?? value.integer.map(String.init)
        }

        /// What it holds of the memory.
        var byteCount: Int {
            if case .success(let bytes) = content.content { bytes.count } else { 0 }
        }
    }

    /// A chunk is closed when it holds this many lines or bytes: enough to be worth the way from thread to thread, and
    /// few enough for all cores to have some.
    private static let chunkLines = 128
    private static let chunkBytes = 256 << 10

    private let executor = ThreadExecutor(name: "input")
    private let files: [ReadableFile]
    private var fileIndex = 0
    private var lineIndex = 0
    private var reader: JSONLineReader?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Creates the lines of files that are read in this order.
    init(_ files: [ReadableFile]) {
        self.files = files
    }

    /// The next lines that are not blank; none at the end of the last file.
    ///
    /// Waits for one line and takes along those that are there already: on a pipe each is scored when it comes.
    func nextChunk() throws(PipelineError) -> [Line] {
        guard let first = try next() else { return [] }
        var chunk = [first]
        var bytes = first.byteCount
        while chunk.count < Self.chunkLines, bytes < Self.chunkBytes, let line = try nextBuffered() {
            bytes += line.byteCount
            chunk.append(line)
        }
        return chunk
    }

    /// Passes over lines that are not blank.
    ///
    /// - Returns: The last one; nil when there are not so many.
    func skip(_ count: Int) throws(PipelineError) -> Line? {
        var last: Line?
        for _ in 0..<count {
            last = try next()
            if last == nil { return nil }
        }
        return last
    }

    // MARK: -

    private func next() throws(PipelineError) -> Line? {
        while fileIndex < files.count {
            if reader == nil { reader = JSONLineReader(descriptor: files[fileIndex].descriptor) }
            do throws(JSONError) {
                if let content = try reader?.next() { return numbered(content) }
            } catch {
                throw unreadable(error)
            }
            reader = nil
            fileIndex += 1
        }
        return nil
    }

    private func nextBuffered() throws(PipelineError) -> Line? {
        do throws(JSONError) {
            return try reader?.nextBuffered().map(numbered)
        } catch {
            throw unreadable(error)
        }
    }

    private func numbered(_ content: JSONLine) -> Line {
        defer { lineIndex += 1 }
        return Line(index: lineIndex, file: files[fileIndex].name, content: content)
    }

    private func unreadable(_ error: JSONError) -> PipelineError {
        PipelineError(.user, "'\(files[fileIndex].name)': \(error.message)")
    }
}
