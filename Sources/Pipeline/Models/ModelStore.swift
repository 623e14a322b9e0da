import JSON
import Policy
import Tokenization

/// Where models are found: in a GGUF file, in a folder of transformers', or by the name of one that was fetched.
enum ModelStore {
    /// The folder of models that were fetched.
    static var folder: String? { UserFolders.data.map { "\($0)/retort/models" } }

    /// Loads a model.
    ///
    /// - Throws: `PipelineError` when there is none, or its files are not right.
    static func load(_ name: String) throws(PipelineError) -> LanguageModel {
        if let known = FetchedModel(rawValue: name) {
            guard let path = known.path, Folder.exists(path) else {
                throw PipelineError(
                    .user, "the model '\(name)' has not been fetched", hint: "run 'retort model fetch \(name)'")
            }
            return try gguf(path, name: name)
        }
        guard Folder.exists(name) else {
            throw PipelineError(
                .user, "there is no model '\(name)'",
                hint: "name a .gguf file, a folder with config.json and model.safetensors, "
                    + FetchedModel.allCases.map(\.rawValue).joined(separator: ", ") + ", or tiny")
        }
        return name.hasSuffix(".gguf") ? try gguf(name, name: name) : try transformers(name)
    }

    // MARK: - GGUF

    private static func gguf(_ path: String, name: String) throws(PipelineError) -> LanguageModel {
        do throws(ModelFileError) {
            let file = try GGUFFile(path)
            let model = try GGUFModel(file)
            let configuration = try ModelConfiguration(model)
            try valid(configuration)
            let parameters = Parameters(ParameterLayout(configuration))
            try parameters.load(model)
            let description = try description(file)
            func token(_ key: String) -> Int32? {
                file.metadata["tokenizer.ggml.\(key)"]?.integer.flatMap { Int32(exactly: $0) }
            }
            return try wrap { () throws(PipelineError) in
                let tokenizer = try tokenizer(description)
                return try LanguageModel(
                    name: name, configuration: configuration, parameters: parameters, tokenizer: tokenizer,
                    tokenizerFile: description.json.serializedBytes(),
                    jinja: file.metadata["tokenizer.chat_template"]?.string, beginning: token("bos_token_id"),
                    ends: [token("eos_token_id")].compactMap { $0 })
            }
        } catch {
            throw PipelineError(error)
        }
    }

    /// The tokenizer that a GGUF file holds.
    static func description(_ file: GGUFFile) throws(ModelFileError) -> TokenizerDescription {
        let metadata = file.metadata
        guard metadata["tokenizer.ggml.model"]?.string == "gpt2",
            let tokens = metadata["tokenizer.ggml.tokens"]?.strings,
            let merges = metadata["tokenizer.ggml.merges"]?.strings
        else { throw ModelFileError("has no byte-level tokenizer", file: file.bytes.name) }
        do throws(TokenizerError) {
            return try TokenizerDescription(
                rules: metadata["tokenizer.ggml.pre"]?.string ?? "gpt-2", tokens: tokens,
                types: metadata["tokenizer.ggml.token_type"]?.integers ?? [], merges: merges)
        } catch {
            throw ModelFileError("has a tokenizer that is not right: \(error.description)", file: file.bytes.name)
        }
    }

    // MARK: - transformers

    private static func transformers(_ folder: String) throws(PipelineError) -> LanguageModel {
        func source(_ name: String, limit: Int = 1 << 20) throws(PipelineError) -> JSONSource {
            let path = "\(folder)/\(name)"
            return JSONSource(try ReadableFile(path).bytes(limit: limit), file: path)
        }
        let tokenizerSource = try source("tokenizer.json", limit: Tokenizer.fileLimit)
        let settings = try? source("tokenizer_config.json").parse()
        let generation = try? source("generation_config.json").parse()
        let jinja = (try? ReadableFile("\(folder)/chat_template.jinja").bytes(limit: 1 << 20)).map {
            String(decoding: $0, as: UTF8.self)
        }
        let configurationSource = try source("config.json")
        let model = try? configurationSource.parse()
        do throws(ModelFileError) {
            let configuration = try ModelConfiguration(reading: configurationSource)
            try valid(configuration)
            let parameters = Parameters(ParameterLayout(configuration))
            try parameters.load(tensors(in: folder))
            return try wrap { () throws(PipelineError) in
                let tokenizer: Tokenizer
                do throws(TokenizerError) {
                    tokenizer = try Tokenizer(reading: tokenizerSource)
                } catch {
                    throw PipelineError(error)
                }
                return try LanguageModel(
                    name: folder, configuration: configuration, parameters: parameters, tokenizer: tokenizer,
                    tokenizerFile: tokenizerSource.bytes, jinja: jinja ?? settings?["chat_template"]?.string,
                    beginning: tokens(model?["bos_token_id"]).first,
                    ends: tokens(generation?["eos_token_id"]) + tokens(model?["eos_token_id"]))
            }
        } catch {
            throw PipelineError(error)
        }
    }

    /// The weights in a folder: in one file, or in several that an index names.
    private static func tensors(in folder: String) throws(ModelFileError) -> any TensorSource {
        let index = folder + "/model.safetensors.index.json"
        guard !Folder.exists(folder + "/model.safetensors"), Folder.exists(index) else {
            return try SafetensorsFile(folder + "/model.safetensors")
        }
        let bytes: [UInt8]
        do throws(PipelineError) {
            bytes = try ReadableFile(index).bytes(limit: ShardedTensors.indexLimit)
        } catch {
            throw ModelFileError(error.message)
        }
        return try ShardedTensors(JSONSource(bytes, file: index), folder: folder)
    }

    /// Numbers of tokens, of which there may be one, several or none.
    private static func tokens(_ value: JSONValue?) -> [Int32] {
        (value?.array ?? value.map { [$0] } ?? []).compactMap { $0.integer.flatMap { Int32(exactly: $0) } }
    }

    // MARK: -

    private static func tokenizer(_ description: TokenizerDescription) throws(PipelineError) -> Tokenizer {
        do throws(TokenizerError) { return try description.tokenizer() } catch { throw PipelineError(error) }
    }

    private static func valid(_ configuration: ModelConfiguration) throws(ModelFileError) {
        do throws(PolicyError) { try configuration.validate() } catch { throw ModelFileError(error.description) }
    }

    private static func wrap(_ make: () throws(PipelineError) -> LanguageModel) throws(ModelFileError) -> LanguageModel
    {
        do throws(PipelineError) { return try make() } catch { throw ModelFileError(error.message) }
    }
}
