/// What a prompt says around a program and around the answer that is wanted.
public struct PromptTemplate: Sendable, Hashable {
    /// A name in braces.
    public enum Placeholder: String, Sendable, Hashable, CaseIterable {
        /// The program with its files, its input and the place it runs in.
        case setting
        /// What the program does, where the task shows that.
        case outputs
        /// The marks of the masked lines.
        case masks
        /// The blocks to answer with.
        case answer
    }

    /// The text.
    public let text: String

    /// Reads a template for a kind of task.
    ///
    /// - Throws: `TaskError` when a part that such a prompt cannot do without is missing, or a name in braces means
    ///   nothing.
    public init(_ text: String, for kind: TaskKind) throws(TaskError) {
        for name in Self.names(in: text) where Placeholder(rawValue: name) == nil {
            let known = Placeholder.allCases.map { "{\($0.rawValue)}" }.joined(separator: ", ")
            throw TaskError("unknown placeholder {\(name)} in a template; known are \(known)")
        }
        for placeholder in Self.required(for: kind) where !text.contains("{\(placeholder.rawValue)}") {
            throw TaskError("a template for \(kind.rawValue) tasks needs {\(placeholder.rawValue)}")
        }
        self.text = text
    }

    private init(trusted text: String) { self.text = text }

    /// The words that are used when nobody gave others.
    static func standard(for kind: TaskKind) -> PromptTemplate {
        let lead =
            switch kind {
            case .forward: "Predict what this program prints to standard output and to standard error."
            case .backward: "Some lines of this program were replaced by {masks}."
            case .input: "Find an input for this program."
            case .repair: "This program is broken. Mend it."
            case .tests, .free: ""
            }
        let parts = [lead, "{setting}", kind == .forward ? "" : "{outputs}", "{answer}"]
        return PromptTemplate(trusted: parts.filter { !$0.isEmpty }.joined(separator: "\n\n"))
    }

    /// The text with values in the places of the placeholders; values are not searched for placeholders again.
    func filled(_ values: [Placeholder: String]) -> String {
        var filled = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            filled += rest[..<open]
            rest = rest[open...]
            guard let close = rest.firstIndex(of: "}"),
                let placeholder = Placeholder(rawValue: String(rest[rest.index(after: open)..<close]))
            else {
                filled += "{"
                rest = rest.dropFirst()
                continue
            }
            filled += values[placeholder] ?? ""
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }

    /// A text with another in the place of the first mark.
    static func replacing(_ mark: String, in text: String, by other: String) -> String {
        guard let start = text.indices.first(where: { text[$0...].hasPrefix(mark) }) else { return text }
        return text[..<start] + other + text[start...].dropFirst(mark.count)
    }

    private static func required(for kind: TaskKind) -> [Placeholder] {
        switch kind {
        case .forward: [.setting, .answer]
        case .backward, .input, .repair: [.setting, .outputs, .answer]
        case .tests, .free: [.answer]
        }
    }

    /// The lower-case words that stand alone between braces.
    private static func names(in text: String) -> [String] {
        text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { part in
            guard let close = part.firstIndex(of: "}"), close > part.startIndex else { return nil }
            let name = part[..<close]
            return name.allSatisfy { $0.isASCII && ($0.isLowercase || $0 == "_") } ? String(name) : nil
        }
    }
}
