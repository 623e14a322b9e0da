import JSON
import Policy
import Tokenization

/// A model with its tokenizer and the way in which conversations are written for it.
final class LanguageModel: Sendable {
    /// Its sizes.
    let configuration: ModelConfiguration
    /// Its weights.
    let parameters: Parameters
    /// What makes tokens of texts.
    let tokenizer: Tokenizer
    /// The file that the tokenizer came from, or was written to.
    let tokenizerFile: [UInt8]
    /// How conversations are written.
    let template: ChatTemplate
    /// The same in Jinja, as it came with the model.
    let jinja: String
    /// The token that begins a text, where there is one.
    let beginning: Int32?
    /// The tokens that end an answer, the usual one first.
    let ends: [Int32]
    /// What the model calls itself in files that refer to it.
    let name: String

    init(
        name: String, configuration: ModelConfiguration, parameters: Parameters, tokenizer: Tokenizer,
        tokenizerFile: [UInt8], jinja: String?, beginning: Int32?, ends: [Int32]
    ) throws(PipelineError) {
        let template = jinja.map { ChatTemplate(jinja: $0) } ?? .chatML
        guard let template else {
            throw PipelineError(
                .user, "the chat template of '\(name)' is not known", hint: "those of ChatML and Llama 3 are")
        }
        guard tokenizer.vocabularySize <= configuration.vocabularySize else {
            throw PipelineError(
                .user,
                "the tokenizer of '\(name)' has \(tokenizer.vocabularySize) tokens, the model "
                    + "\(configuration.vocabularySize)")
        }
        self.name = name
        self.configuration = configuration
        self.parameters = parameters
        self.tokenizer = tokenizer
        self.tokenizerFile = tokenizerFile
        self.template = template
        self.jinja = jinja ?? template.jinja
        self.beginning = beginning
        do throws(TokenizerError) {
            let end = try tokenizer.control(template.end)
            self.ends = [end] + ends.filter { $0 != end }
        } catch {
            throw PipelineError(error)
        }
    }

    /// Writes the model for transformers, vLLM and llama.cpp, and for us.
    ///
    /// - Parameter parameters: The weights to write, of the same layout; nil takes those that it came with.
    func write(to folder: String, parameters: Parameters? = nil) throws(PipelineError) {
        try Folder.make(folder)
        do throws(ModelFileError) {
            var writer = SafetensorsWriter()
            writer.add(parameters ?? self.parameters)
            try writer.write(to: folder + "/model.safetensors")
            try WholeFile.write(folder + "/tokenizer.json", tokenizerFile)
            func token(_ id: Int32?) -> JSONValue { id.map { .integer(Int64($0)) } ?? .null }
            func text(_ id: Int32?) -> JSONValue {
                id.map { .string(String(decoding: tokenizer.decode([$0]), as: UTF8.self)) } ?? .null
            }
            let files: [(String, JSONValue)] = [
                ("config.json", configuration.json(beginning: beginning, end: ends.first)),
                (
                    "generation_config.json",
                    [
                        "bos_token_id": token(beginning), "eos_token_id": .array(ends.map { .integer(Int64($0)) }),
                        "pad_token_id": token(ends.first),
                    ]
                ),
                (
                    "tokenizer_config.json",
                    [
                        "tokenizer_class": "PreTrainedTokenizerFast", "add_bos_token": false, "add_prefix_space": false,
                        "bos_token": text(beginning), "eos_token": text(ends.first), "pad_token": text(ends.first),
                        "clean_up_tokenization_spaces": false,
                        "model_max_length": .integer(Int64(configuration.contextLength)),
                        "chat_template": .string(jinja),
                    ]
                ),
            ]
            for (name, json) in files {
                try WholeFile.write("\(folder)/\(name)", json.serializedBytes(pretty: true) + [0x0A])
            }
            try WholeFile.write(folder + "/chat_template.jinja", Array(jinja.utf8))
        } catch {
            throw PipelineError(error)
        }
    }
}
