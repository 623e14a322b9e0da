public import JSON
public import Tasks

/// The words of prompts: several for each kind of task, of which one is drawn.
public struct PromptTemplates: Sendable, Hashable {
    private var byKind: [TaskKind: [PromptTemplate]]

    /// Reads templates: `{"forward": ["...", ...], "backward": [...], ...}`.
    ///
    /// A kind that is not named has those that come with the program.
    ///
    /// - Throws: `TaskError` for an unknown kind, a missing part, or a name in braces that means nothing.
    public init(_ source: JSONSource) throws(TaskError) {
        byKind = [:]
        do throws(JSONError) {
            let fields = try JSONFields(source.parse(), source: source)
            try fields.rejectUnknown(allowed: Self.kinds.map(\.rawValue))
            for kind in Self.kinds {
                guard let texts = try fields.optionalStrings(kind.rawValue), !texts.isEmpty else { continue }
                var templates: [PromptTemplate] = []
                for (index, text) in texts.enumerated() {
                    do throws(TaskError) {
                        templates.append(try PromptTemplate(text, for: kind))
                    } catch {
                        throw fields.error(
                            error.message, at: fields.path.appending(key: kind.rawValue).appending(index: index))
                    }
                }
                byKind[kind] = templates
            }
        } catch {
            throw TaskError(error)
        }
        for (kind, templates) in Self.standard.byKind where byKind[kind] == nil { byKind[kind] = templates }
    }

    private init(trusted byKind: [TaskKind: [PromptTemplate]]) { self.byKind = byKind }

    /// The templates that come with the program.
    public static let standard: PromptTemplates = {
        // Their text is ours and a test reads it: what cannot be read would be a template short.
        let source = JSONSource(PackageResources.prompts_json, file: "prompts.json")
        var byKind: [TaskKind: [PromptTemplate]] = [:]
        let object = (try? source.parse())?.object
        for kind in kinds {
            byKind[kind] = object?[kind.rawValue]?.array?.compactMap { value in
                value.string.flatMap { try? PromptTemplate($0, for: kind) }
            }
        }
        return PromptTemplates(trusted: byKind)
    }()

    /// The kinds of task that have templates.
    public static let kinds: [TaskKind] = [.forward, .backward, .input, .repair]

    /// The templates of a kind.
    public func templates(for kind: TaskKind) -> [PromptTemplate] { byKind[kind] ?? [] }
}
