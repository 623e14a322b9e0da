import JSON

extension TrainingConfiguration {
    /// The names of the configurations that come with the program.
    public static let presetNames = ["quick", "codeboost"]

    /// Reads a configuration: one that comes with the program by its name, or a file; nil takes `quick`.
    ///
    /// - Throws: `PipelineError` with the place of what is wrong.
    public init(_ nameOrFile: String?) throws(PipelineError) {
        let source: JSONSource
        switch nameOrFile ?? "quick" {
        case "quick": source = JSONSource(PackageResources.quick_json, file: "quick.json")
        case "codeboost": source = JSONSource(PackageResources.codeboost_json, file: "codeboost.json")
        case let path: source = JSONSource(try ReadableFile(path).bytes(limit: 1 << 20), file: path)
        }
        try self.init(reading: source)
    }

    /// Reads a configuration; what is not named stays usual.
    init(reading source: JSONSource) throws(PipelineError) {
        do throws(JSONError) {
            let fields = try JSONFields(source.parse(), source: source)
            if let base = try fields.optionalString("preset") {
                guard Self.presetNames.contains(base) else {
                    throw fields.error(
                        "no such preset; known are \(Self.presetNames.joined(separator: ", "))", at: "preset")
                }
                do throws(PipelineError) { try self.init(base) } catch { throw JSONError(error.message) }
            } else {
                self.init()
            }
            try fields.read(Self.settings, into: &self, besides: ["preset"])
        } catch {
            throw PipelineError(.user, error.description)
        }
        _ = try generationRequest()
    }

    /// Every setting, for the folder of a run; the inverse of reading it.
    var json: JSONObject { Self.settings.json(of: self) }
}
