import Curation
import Tasks

/// Reads sources in batches, parses each batch on all threads, and collects what passes, in the order of the input.
struct CorpusReader {
    /// The longest JSON line that is read: 16 MiB.
    private static let lineLimit = 16 << 20
    private static let batchSize = 8192
    private static let batchBytes = 64 << 20

    private let parsing: SnippetParsing
    private let control: CurationControl
    private let progress: (Int) -> Void
    private(set) var corpus = Corpus()
    private var seen: Set<[UInt64]> = []
    private var batch: [SnippetParsing.Raw] = []
    private var batchedBytes = 0

    init(_ parsing: SnippetParsing, control: CurationControl, progress: @escaping (Int) -> Void) {
        self.parsing = parsing
        self.control = control
        self.progress = progress
    }

    /// Reads everything that paths stand for.
    ///
    /// - Throws: `PipelineError` for what cannot be read at all; what is no snippet is counted.
    mutating func read(_ paths: [String]) throws(PipelineError) {
        for source in try CurationSource.find(paths) {
            if control.search.isOver { break }
            switch source.content {
            case .lines:
                do throws(PipelineError) {
                    try readLines(source.path)
                } catch {
                    guard source.isFound else { throw error }
                    drop(.unreadable)
                }
            case .unreadable: drop(.unreadable)
            case .code(let fileExtension): try readCode(source.path, fileExtension)
            }
        }
        flush()
    }

    private mutating func readLines(_ path: String) throws(PipelineError) {
        var lines = LineStream(try ByteStream(path), limit: Self.lineLimit)
        var number = 0
        while let line = try lines.next() {
            number += 1
            guard var line else {
                drop(.tooLarge)
                continue
            }
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            if number == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
            add(SnippetParsing.Raw(bytes: line, language: nil, name: "\(path):\(number)"))
            if control.search.isOver { return }
        }
    }

    private mutating func readCode(_ path: String, _ fileExtension: String) throws(PipelineError) {
        let language = parsing.syntaxes.language(ofExtension: fileExtension) ?? parsing.options.language
        guard let language else { return drop(.unknownLanguage) }
        // A file that cannot be read or unpacked is one among many.
        guard let stream = try? ByteStream(path) else { return drop(.unreadable) }
        var bytes: [UInt8] = []
        do throws(PipelineError) {
            while case let piece = try stream.next(), !piece.isEmpty {
                bytes += piece
                if bytes.count > parsing.options.limits.bytes.upperBound { return drop(.tooLong) }
            }
        } catch {
            return drop(.unreadable)
        }
        add(SnippetParsing.Raw(bytes: bytes, language: parsing.syntaxes.name(language), name: path))
    }

    // MARK: -

    private mutating func drop(_ reason: DropReason) {
        corpus.readCount += 1
        corpus.drops[reason, default: 0] += 1
    }

    private mutating func add(_ raw: SnippetParsing.Raw) {
        batch.append(raw)
        batchedBytes += raw.bytes.count
        if batch.count >= Self.batchSize || batchedBytes >= Self.batchBytes { flush() }
    }

    private mutating func flush() {
        let (raws, parsing) = (batch, parsing)
        batch = []
        batchedBytes = 0
        let outcomes: [SnippetParsing.Outcome] = ParallelMap.run(raws, threads: parsing.options.jobs) {
            parsing.parse($0)
        }
        for outcome in outcomes {
            switch outcome {
            case .drop(let reason): drop(reason)
            case .contaminated(let contaminated):
                drop(.contaminated)
                corpus.contaminated.append(contaminated)
            case .snippet(let parsed): keep(parsed)
            }
        }
        progress(corpus.readCount)
    }

    private mutating func keep(_ parsed: SnippetParsing.Parsed) {
        guard seen.insert(parsed.codeHash).inserted else { return drop(.duplicate) }
        corpus.readCount += 1
        corpus.ids.append(parsed.id)
        corpus.lines.append(parsed.line)
        corpus.features.append(parsed.features)
        if parsing.options.similarity == .diff { corpus.codes.append(parsed.code) }
        corpus.weights.append(parsed.weight)
        corpus.byteCount += parsed.line.count
        corpus.tokenCount += parsed.tokenCount
    }
}
