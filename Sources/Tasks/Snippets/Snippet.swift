public import JSON

/// A piece of code as it was found, before anything is asked about it.
public struct Snippet: Sendable, Hashable {
    /// The snippet's name.
    public var id: String
    /// The name of its language.
    public var language: String
    /// Its text.
    public var code: String
    /// The other fields of its line, for those who know them: test cases, a licence, a cluster.
    public var fields: JSONObject

    /// Makes a snippet.
    public init(id: String, language: String, code: String, fields: JSONObject = [:]) {
        self.id = id
        self.language = language
        self.code = code
        self.fields = fields
    }
}
