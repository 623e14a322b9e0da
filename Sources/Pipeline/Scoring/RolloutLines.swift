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

    /// The next line that is not blank, or nil at the end of the last file.
    func next() throws(PipelineError) -> Line? {
        while fileIndex < files.count {
            let file = files[fileIndex]
            if reader == nil { reader = JSONLineReader(descriptor: file.descriptor) }
            do throws(JSONError) {
                if let content = try reader?.next() {
                    defer { lineIndex += 1 }
                    return Line(index: lineIndex, file: file.name, content: content)
                }
            } catch {
                throw PipelineError(.user, "'\(file.name)': \(error.message)")
            }
            reader = nil
            fileIndex += 1
        }
        return nil
    }
}
