import JSON

extension CompileAids {
    /// The fields of a compile phase that it reads.
    static let fields = ["linkers", "prefix", "warmup", "plain_when"]

    /// Reads the aids of a compile phase.
    init(_ fields: JSONFields) throws(JSONError) {
        linkers = []
        for linker in try fields.optionalObjects("linkers") ?? [] { linkers.append(try LinkerChoice(linker)) }
        prefix = try fields.optionalObject("prefix").map { (fields) throws(JSONError) in try IncludePrefix(fields) }
        warmup = try fields.optionalObject("warmup").map { (fields) throws(JSONError) in
            try Preparation(fields, placeholders: [], also: [])
        }
        plainWhen = try fields.texts("plain_when") ?? []
    }

    /// The placeholders that a command may, and must, use for them.
    var placeholders: Set<CommandTemplate.Placeholder> {
        var placeholders: Set<CommandTemplate.Placeholder> = []
        if !linkers.isEmpty { placeholders.insert(.linker) }
        if prefix != nil { placeholders.insert(.prefix) }
        if warmup != nil { placeholders.insert(.warmup) }
        return placeholders
    }
}

extension LinkerChoice {
    fileprivate init(_ fields: JSONFields) throws(JSONError) {
        try fields.rejectUnknown(allowed: ["program", "arguments"])
        program = try fields.text("program")
        guard ToolchainProbe.isShownAnyway(program), !program.split(separator: "/").contains("..") else {
            throw fields.error(
                "expected an absolute path in a folder of the system, such as /usr/bin/ld", at: "program")
        }
        arguments = try fields.texts("arguments") ?? []
        guard !arguments.isEmpty else { throw fields.error("the arguments must not be empty", at: "arguments") }
    }
}

extension IncludePrefix {
    fileprivate init(_ fields: JSONFields) throws(JSONError) {
        headers = []
        for (index, name) in try fields.strings("headers").enumerated() {
            guard HeaderName.isValid(name) else {
                throw fields.error(HeaderName.rule, at: fields.path.appending(key: "headers").appending(index: index))
            }
            headers.insert(name)
        }
        guard !headers.isEmpty else { throw fields.error("the headers must not be empty", at: "headers") }
        preparation = try Preparation(fields, placeholders: [.source], also: ["headers"])
    }
}

extension Preparation {
    fileprivate init(_ fields: JSONFields, placeholders: Set<CommandTemplate.Placeholder>, also names: [String])
        throws(JSONError)
    {
        phase = try Phase(
            fields, also: ["output", "arguments", "stamps", "dependencies"] + names,
            placeholders: placeholders.union([.program, .toolchain, .output, .scratch, .memoryMB, .heapMB]))
        phase.output = try fields.fileName("output")
        arguments = try fields.templates("arguments", allowing: [.prepared]) ?? []
        guard arguments.contains(where: { $0.uses(.prepared) }) else {
            throw fields.error("an argument must hold {prepared}", at: "arguments")
        }
        stamps = try fields.templates("stamps", allowing: [.program, .toolchain]) ?? []
        for (index, stamp) in stamps.enumerated() where !stamp.isPath {
            throw fields.error(
                "expected an absolute path", at: fields.path.appending(key: "stamps").appending(index: index))
        }
        dependencies = try fields.optionalString("dependencies") == nil ? nil : fields.fileName("dependencies")
    }
}

extension CommandTemplate {
    /// Whether it starts like an absolute path.
    fileprivate var isPath: Bool {
        text.hasPrefix("/") || text.hasPrefix("{toolchain}") || text.hasPrefix("{program}")
    }
}
