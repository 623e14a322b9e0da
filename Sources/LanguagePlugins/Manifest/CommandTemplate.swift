/// A text with placeholders such as `{source}`.
public struct CommandTemplate: Sendable, Hashable {
    /// A name in braces.
    public enum Placeholder: String, Sendable, Hashable, CaseIterable {
        /// The toolchain's program.
        case program
        /// The folder that the toolchain is installed in.
        case toolchain
        /// The program's file.
        case source
        /// The file that compiling leaves.
        case output
        /// The harness that calls a function.
        case harness
        /// A folder for temporary files.
        case scratch
        /// The memory limit in MB.
        case memoryMB = "memory_mb"
        /// Three quarters of the memory limit in MB: what a runtime may give to its heap.
        case heapMB = "heap_mb"
        /// A text that nobody can guess.
        case marker
        /// A call.
        case call
        /// The folder of what was prepared.
        case prepared
        /// The arguments for the linker; stands alone.
        case linker
        /// The arguments for a precompiled prefix; stands alone.
        case prefix
        /// The arguments for what warming up left; stands alone.
        case warmup

        /// Those that become any number of arguments, none too.
        static let lists: Set<Placeholder> = [.linker, .prefix, .warmup]
    }

    /// A stretch of the text.
    enum Part: Sendable, Hashable {
        case text(String)
        case placeholder(Placeholder)
    }

    /// The text as it was written.
    public let text: String
    let parts: [Part]

    /// Reads a text; a name in braces that is not allowed here is an error.
    init(_ text: String, allowing allowed: Set<Placeholder>) throws(TemplateError) {
        var parts: [Part] = []
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{") {
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            let inner = rest[rest.index(after: open)...]
            let name = inner.prefix { $0.isASCII && ($0.isLowercase || $0 == "_") }
            guard !name.isEmpty, inner[name.endIndex...].first == "}" else {
                // A brace that encloses no name stands for itself.
                parts.append(.text("{"))
                rest = inner
                continue
            }
            guard let placeholder = Placeholder(rawValue: String(name)), allowed.contains(placeholder) else {
                throw TemplateError(unknown: name, allowed: allowed)
            }
            parts.append(.placeholder(placeholder))
            rest = inner[name.endIndex...].dropFirst()
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        for case .placeholder(let placeholder) in parts where Placeholder.lists.contains(placeholder) {
            guard parts.count == 1 else {
                throw TemplateError(
                    message: "{\(placeholder.rawValue)} stands for whole arguments: it must stand alone")
            }
        }
        self.text = text
        self.parts = parts
    }

    /// The text with values in the places of the placeholders; those without a value are left out.
    func filled(_ values: [Placeholder: String]) -> String {
        parts.reduce(into: "") { text, part in
            switch part {
            case .text(let literal): text += literal
            case .placeholder(let placeholder): text += values[placeholder] ?? ""
            }
        }
    }

    /// The placeholder that the whole text is and that stands for a list of arguments; nil for any other text.
    var list: Placeholder? {
        guard parts.count == 1, case .placeholder(let placeholder) = parts[0] else { return nil }
        return Placeholder.lists.contains(placeholder) ? placeholder : nil
    }

    /// Whether a placeholder is among the parts.
    func uses(_ placeholder: Placeholder) -> Bool { parts.contains(.placeholder(placeholder)) }
}

/// What is wrong with a text with placeholders.
struct TemplateError: Error {
    let message: String

    init(message: String) { self.message = message }

    init(unknown name: some StringProtocol, allowed: Set<CommandTemplate.Placeholder>) {
        let known = allowed.map { "{\($0.rawValue)}" }.sorted().joined(separator: ", ")
        message = "unknown placeholder {\(name)}; known here are \(known)"
    }
}
