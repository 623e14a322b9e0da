import JSON
public import TaskGeneration
import Tasks
import Tokenization

/// Everything that a caller may say about a run of `generate`, read and found good.
public struct GenerationRequest: Sendable {
    /// What is made, and by which chances.
    public var settings = GenerationOptions()
    /// The words of prompts.
    public var templates = PromptTemplates.standard
    /// The shape of a line.
    public var format: RowFormat
    /// The language of a line that names none.
    public var defaultLanguage: String?
    /// The parts that tasks are dealt into.
    public var splits = Splits.none
    /// Which snippets go into one part together.
    public var clusters = SnippetClusters()
    /// Programs that are made up, besides those of the input.
    public var synthetic: SyntheticCorpus?
    /// How long a prompt is.
    var measure = PromptMeasure.characters

    /// The names of the formats.
    public static var formatNames: [String] { RowFormat.allCases.map(\.rawValue) }

    /// Reads a request.
    ///
    /// - Parameters:
    ///   - config: A file of settings, as JSON; nil takes the usual ones.
    ///   - templates: A file of templates, as JSON; nil takes those that come with the program.
    /// - Throws: `PipelineError` with the place of what is wrong.
    public init(format: String, config: String? = nil, templates: String? = nil) throws(PipelineError) {
        guard let known = RowFormat(rawValue: format) else {
            throw PipelineError(
                .user, "unknown format '\(format)'",
                hint: "the formats are \(Self.formatNames.joined(separator: ", "))")
        }
        self.format = known
        do throws(TaskError) {
            if let config { settings = try GenerationOptions(reading: try Self.source(config)) }
            if let templates { self.templates = try PromptTemplates(try Self.source(templates)) }
        } catch {
            throw PipelineError(.user, error.description)
        }
    }

    /// Sets where all chances start, and the round; nil leaves what is there.
    public mutating func set(seed: UInt64?, epoch: UInt64?) {
        settings.seed = seed ?? settings.seed
        settings.epoch = epoch ?? settings.epoch
    }

    /// Sets the weights of the kinds: `forward=3,backward=1`.
    public mutating func set(mix text: String) throws(PipelineError) {
        var mix: [TaskKind: Double] = [:]
        for (name, weight) in try Self.weights(text, option: "--mix") {
            guard let kind = TaskKind(rawValue: name), PromptTemplates.kinds.contains(kind) else {
                let known = PromptTemplates.kinds.map(\.rawValue).joined(separator: ", ")
                throw PipelineError(.user, "--mix: no kind of task '\(name)'", hint: "the kinds are \(known)")
            }
            mix[kind] = weight
        }
        settings.mix = mix
    }

    /// Sets the parts: `train=90,validation=5,test=5`.
    public mutating func set(splits text: String) throws(PipelineError) {
        splits = Splits(try Self.weights(text, option: "--splits").map { Splits.Part($0.0, $0.1) })
    }

    /// Sets which snippets go into one part together, by a report of `retort curate`.
    public mutating func set(clusters path: String) throws(PipelineError) {
        do throws(TaskError) {
            clusters = try SnippetClusters(report: Self.source(path, limit: 1 << 30))
        } catch {
            throw PipelineError(.user, "--clusters: \(error.description)")
        }
    }

    /// Sets the share of programs that are made to fail.
    public mutating func set(errorShare: Double) throws(PipelineError) {
        guard (0...1).contains(errorShare) else { throw PipelineError(.user, "--errors takes a number from 0 to 1") }
        settings.augmentation.errorShare = errorShare
    }

    /// Sets how many tasks are drawn of one snippet.
    public mutating func set(tasksPerSnippet: Int) throws(PipelineError) {
        guard (1...10_000).contains(tasksPerSnippet) else {
            throw PipelineError(.user, "--tasks-per-snippet takes a number from 1 to 10000")
        }
        settings.tasksPerSnippet = tasksPerSnippet
    }

    /// Has prompts measured in the tokens of a tokenizer, given as a file `tokenizer.json`.
    public mutating func set(tokenizer path: String) throws(PipelineError) {
        let tokenizer: Tokenizer
        let bytes = try ReadableFile(path).bytes(limit: Tokenizer.fileLimit)
        do throws(TokenizerError) {
            tokenizer = try Tokenizer(reading: JSONSource(bytes, file: path))
        } catch {
            throw PipelineError(.user, "--tokenizer: \(error.description)")
        }
        measure = PromptMeasure(usualLimit: 4096) { tokenizer.count($0) }
    }

    /// Sets the most characters of a prompt, or tokens where a tokenizer is given.
    public mutating func set(promptLength: Int) throws(PipelineError) {
        guard promptLength > 0 else { throw PipelineError(.user, "--prompt-length takes a number above 0") }
        settings.promptLength = promptLength
    }

    /// Has small programs made up, as many as are wanted.
    ///
    /// - Parameters:
    ///   - languages: Their languages, separated by commas; nil takes Python.
    ///   - failures: The share of programs that fail; nil takes a tenth.
    public mutating func set(synthetic count: Int, languages: String?, failures: Double?) throws(PipelineError) {
        guard (1...10_000_000).contains(count) else {
            throw PipelineError(.user, "--synthetic takes a number from 1 to 10000000")
        }
        var chosen: [SyntheticLanguage] = []
        for name in (languages ?? "python").split(separator: ",", omittingEmptySubsequences: false) {
            guard let language = SyntheticLanguage(rawValue: String(name)) else {
                let known = SyntheticLanguage.allCases.map(\.rawValue).joined(separator: ", ")
                throw PipelineError(
                    .user, "--synthetic-languages: programs in '\(name)' are not made up", hint: "they are in \(known)")
            }
            chosen.append(language)
        }
        synthetic = SyntheticCorpus(
            count: count, seed: settings.seed, languages: chosen, failures: failures ?? 0.1)
    }

    /// The programs that are made up, as lines of snippets.
    public var syntheticLines: [UInt8] {
        guard let synthetic else { return [] }
        return (0..<synthetic.count).flatMap { synthetic.snippet($0).json.serializedBytes() + [0x0A] }
    }

    /// Leaves every program and every input as it stands.
    public mutating func changeNothing() { settings.augmentation = .none }

    // MARK: -

    private static func source(_ path: String, limit: Int = 1 << 20) throws(TaskError) -> JSONSource {
        do throws(PipelineError) {
            return JSONSource(try ReadableFile(path).bytes(limit: limit), file: path)
        } catch {
            throw TaskError(error.message)
        }
    }

    private static func weights(_ text: String, option: String) throws(PipelineError) -> [(String, Double)] {
        var weights: [(String, Double)] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let sides = part.split(separator: "=", omittingEmptySubsequences: false)
            guard let name = sides.first, !name.isEmpty, sides.count <= 2,
                let weight = sides.count == 2 ? Double(String(sides[1])) : 1, weight >= 0, weight.isFinite
            else { throw PipelineError(.user, "\(option): '\(part)' is no name=weight", hint: "write a=3,b=1") }
            weights.append((String(name), weight))
        }
        guard weights.contains(where: { $0.1 > 0 }) else {
            throw PipelineError(.user, "\(option): no weight is above 0")
        }
        return weights
    }
}
