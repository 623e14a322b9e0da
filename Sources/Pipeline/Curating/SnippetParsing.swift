import Curation
import JSON
import Tasks

/// Turns raw lines and files into what a corpus keeps of a snippet; runs on many threads at once.
struct SnippetParsing: Sendable {
    /// A line or a file as it was read.
    struct Raw: Sendable {
        var bytes: [UInt8]
        /// The file's language; nil for a JSON line.
        var language: String?
        /// The file's path, or what names a line without an id.
        var name: String
    }

    /// A snippet that passed.
    struct Parsed: Sendable {
        var id: String
        var line: [UInt8]
        var code: [UInt8]
        var codeHash: [UInt64]
        var features: [UInt64]
        var tokenCount: Int
        var weight: Int
    }

    /// What became of a line or a file.
    enum Outcome: Sendable {
        case snippet(Parsed)
        case drop(DropReason)
        case contaminated(Corpus.Contaminated)
    }

    let options: CurationOptions
    let syntaxes: SyntaxTable
    let contamination: Contamination

    func parse(_ raw: Raw) -> Outcome {
        let snippet: Snippet
        var line: [UInt8]
        if let language = raw.language {
            if let objection = options.limits.objection(to: raw.bytes) { return .drop(objection) }
            guard UTF8Check.firstInvalidByte(in: raw.bytes) == nil else { return .drop(.brokenEncoding) }
            snippet = Snippet(id: raw.name, language: language, code: String(decoding: raw.bytes, as: UTF8.self))
            line = snippet.json.serializedBytes()
        } else {
            do {
                let json = try JSONValue.parse(raw.bytes)
                snippet = try Snippet(json, defaultID: raw.name, defaultLanguage: options.language ?? "text")
            } catch {
                let isText = UTF8Check.firstInvalidByte(in: raw.bytes) == nil
                return .drop(isText ? .unreadable : .brokenEncoding)
            }
            line = raw.bytes
        }
        line.append(UInt8(ascii: "\n"))
        let code = Array(snippet.code.utf8)
        if raw.language == nil, let objection = options.limits.objection(to: code) { return .drop(objection) }
        return judge(snippet, code, line)
    }

    private func judge(_ snippet: Snippet, _ code: [UInt8], _ line: [UInt8]) -> Outcome {
        let syntax = syntaxes.syntax(of: snippet.language)
        let (features, tokenCount) = FeatureReader(options.similarity, syntax: syntax).features(code)
        if let objection = options.limits.objection(toTokens: tokenCount) { return .drop(objection) }
        if let (item, share) = contamination.item(in: code, syntax: syntax) {
            return .contaminated(Corpus.Contaminated(id: snippet.id, item: item, share: share))
        }
        return .snippet(
            Parsed(
                id: snippet.id, line: line, code: options.similarity == .diff ? code : [],
                codeHash: CodeDigest.digest(code), features: features, tokenCount: tokenCount,
                weight: SnippetWeight.weight(snippet, code, tokenCount, options.preference)))
    }
}
