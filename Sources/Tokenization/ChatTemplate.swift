/// How a conversation is written for a model: the tokens that begin and end a turn.
///
/// The models that are meant use one of two forms; a template is told apart by the tokens that it writes.
public enum ChatTemplate: String, Sendable, Hashable, CaseIterable {
    /// `<|im_start|>role\ncontent<|im_end|>\n`, as SmolLM2 and Qwen 2 have it.
    case chatML = "chatml"
    /// `<|start_header_id|>role<|end_header_id|>\n\ncontent<|eot_id|>`, as Llama 3 has it.
    case llama3

    /// What a template in Jinja writes; nil when it is neither.
    public init?(jinja: String) {
        if jinja.contains("<|start_header_id|>") {
            self = .llama3
        } else if jinja.contains("<|im_start|>") {
            self = .chatML
        } else {
            return nil
        }
    }

    /// A system message of ours: the ones that come with models cost twenty tokens a prompt.
    public static let shortSystem = "You read programs."

    /// The token that ends a turn.
    public var end: String {
        switch self {
        case .chatML: "<|im_end|>"
        case .llama3: "<|eot_id|>"
        }
    }

    /// The template in Jinja, for the files of models that were made here.
    public var jinja: String {
        switch self {
        case .chatML:
            "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>'"
                + " + '\\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
        case .llama3:
            "{{ bos_token }}{% for message in messages %}{{ '<|start_header_id|>' + message['role'] + "
                + "'<|end_header_id|>\\n\\n' + message['content'] | trim + '<|eot_id|>' }}{% endfor %}"
                + "{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{% endif %}"
        }
    }

    /// A conversation as text, up to where the model goes on.
    public func text(_ messages: [ChatMessage]) -> String {
        parts(messages).map { part in
            switch part {
            case .control(let text), .content(let text): text
            }
        }.joined()
    }

    /// The tokens of a conversation, up to where the model goes on.
    ///
    /// What a message says cannot become a token that steers the model, however it is written.
    ///
    /// - Throws: `TokenizerError` when the tokenizer lacks one of the template's tokens.
    public func tokens(_ messages: [ChatMessage], _ tokenizer: Tokenizer) throws(TokenizerError) -> [Int32] {
        var ids: [Int32] = []
        var pending = ""
        for part in parts(messages) {
            switch part {
            case .content(let text): pending += text
            case .control(let text):
                ids += tokenizer.encode(pending, readsControls: false)
                pending = ""
                ids.append(try tokenizer.control(text))
            }
        }
        return ids + tokenizer.encode(pending, readsControls: false)
    }

    // MARK: -

    private enum Part {
        case control(String)
        case content(String)
    }

    private func parts(_ messages: [ChatMessage]) -> [Part] {
        var parts: [Part] = self == .llama3 ? [.control("<|begin_of_text|>")] : []
        for message in messages {
            parts += opening(message.role)
            switch self {
            case .chatML: parts += [.content(message.content), .control(end), .content("\n")]
            case .llama3: parts += [.content(Self.trimmed(message.content)), .control(end)]
            }
        }
        return parts + opening("assistant")
    }

    private func opening(_ role: String) -> [Part] {
        switch self {
        case .chatML: [.control("<|im_start|>"), .content(role + "\n")]
        case .llama3:
            [.control("<|start_header_id|>"), .content(role), .control("<|end_header_id|>"), .content("\n\n")]
        }
    }

    private static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }
}
