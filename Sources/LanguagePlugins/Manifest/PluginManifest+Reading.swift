public import JSON

extension PluginManifest {
    /// Reads a manifest; an error names the file, the line, the column and the field.
    ///
    /// - Parameter base: The manifest of a language by its name or alias, for a manifest that extends one.
    public init(
        _ source: JSONSource, extending base: (String) -> PluginManifest? = { _ in nil }
    ) throws(JSONError) {
        let value = try source.parse(limits: JSONLimits(bytes: 1 << 20, depth: 32))
        try self.init(JSONFields(value.withoutComments, source: source), base)
    }

    private init(_ fields: JSONFields, _ find: (String) -> PluginManifest?) throws(JSONError) {
        try fields.rejectUnknown(allowed: [
            "$schema", "version", "name", "aliases", "extends", "source", "toolchain", "mounts", "environment",
            "compile", "run", "errors", "syntax", "end_marker", "call_statement", "call", "second_look", "analyser",
            "rerunner", "zygote", "conformance",
        ])
        guard try fields.integer("version") == 1 else {
            throw fields.error("this build reads version 1", at: "version")
        }
        extends = try fields.optionalString("extends")
        let base = try extends.map { (name) throws(JSONError) -> PluginManifest in
            guard let base = find(name) else { throw fields.error("there is no language '\(name)'", at: "extends") }
            guard base.extends == nil else {
                throw fields.error("'\(name)' extends another language itself: extend that one", at: "extends")
            }
            return base
        }
        name = try fields.name("name")
        aliases = try fields.optionalStrings("aliases") ?? []
        for (index, alias) in aliases.enumerated() where !LanguageName.isValid(alias) {
            throw fields.error(LanguageName.rule, at: fields.path.appending(key: "aliases").appending(index: index))
        }
        source = try SourceFile(fields.object("source"))
        if let base, fields.value("toolchain") == nil {
            toolchain = base.toolchain
        } else {
            toolchain = try ToolchainDescription(fields.object("toolchain"))
        }
        mounts = try fields.templates("mounts", allowing: [.toolchain]) ?? []
        for (index, mount) in mounts.enumerated() {
            guard let problem = MountRule.problem(with: mount) else { continue }
            throw fields.error(problem, at: fields.path.appending(key: "mounts").appending(index: index))
        }
        mounts = (base?.mounts ?? []) + mounts
        environment = (base?.environment ?? [:]).merging(try fields.environment()) { $1 }
        (compile, aids) = try Self.compiling(fields.optionalObject("compile"))
        run = try Phase(fields.object("run"), also: [], placeholders: Self.placeholders)
        if compile == nil, run.command.contains(where: { $0.uses(.output) }) {
            throw fields.error("{output} means nothing without a compile phase", at: "run")
        }
        errors = try ErrorPatterns(fields.optionalObject("errors"))
        if let base, fields.value("errors") == nil { errors = base.errors }
        syntax = try ProgramSyntax(fields.optionalObject("syntax"))
        if let base, fields.value("syntax") == nil { syntax = base.syntax }
        conformance = try ConformanceTerms(fields.optionalObject("conformance"))
        endMarker = try fields.statement("end_marker", with: .marker)
        callStatement = try fields.statement("call_statement", with: .call)
        call = try fields.optionalObject("call").map { (fields) throws(JSONError) in try CallHarness(fields) }
        secondLook = try fields.environment("second_look")
        analyser = try fields.optionalObject("analyser").map { (fields) throws(JSONError) in try CallHarness(fields) }
        rerunner = try fields.optionalObject("rerunner").map { (fields) throws(JSONError) in try RerunHarness(fields) }
        for (name, harness) in [("call", call), ("analyser", analyser), ("rerunner", rerunner?.harness)]
        where harness != nil && compile != nil {
            throw fields.error("a harness needs a language that is not compiled", at: name)
        }
        zygote = try fields.optionalObject("zygote").map { (fields) throws(JSONError) in try ZygoteDescription(fields) }
        if zygote != nil, compile != nil {
            throw fields.error("a zygote needs a language that is not compiled", at: "zygote")
        }
    }

    private static let placeholders: Set<CommandTemplate.Placeholder> = [
        .program, .toolchain, .source, .output, .scratch, .memoryMB, .heapMB,
    ]

    private static func compiling(_ fields: JSONFields?) throws(JSONError) -> (Phase?, CompileAids) {
        guard let fields else { return (nil, .none) }
        let aids = try CompileAids(fields)
        var phase = try Phase(
            fields, also: ["output"] + CompileAids.fields, placeholders: placeholders.union(aids.placeholders))
        phase.output = try fields.fileName("output")
        for placeholder in aids.placeholders where !phase.command.contains(where: { $0.list == placeholder }) {
            throw fields.error("the command must hold {\(placeholder.rawValue)}", at: "command")
        }
        return (phase, aids)
    }
}

extension SourceFile {
    fileprivate init(_ fields: JSONFields) throws(JSONError) {
        try fields.rejectUnknown(allowed: ["file", "named_by"])
        name = try fields.fileName("file")
        guard name.contains(".") else { throw fields.error("the file needs an ending, such as main.py", at: "file") }
        namedBy = try fields.optionalStrings("named_by") ?? []
    }
}

extension ToolchainDescription {
    fileprivate init(_ fields: JSONFields) throws(JSONError) {
        try fields.rejectUnknown(allowed: ["program", "version", "package"])
        program = try fields.text("program")
        let isName = !program.contains("/")
        guard isName || program.hasPrefix("/") else {
            throw fields.error("expected an absolute path, or a name without slashes", at: "program")
        }
        version = try fields.templates("version", allowing: [.program, .toolchain]) ?? []
        guard !version.isEmpty else { throw fields.error("the command must not be empty", at: "version") }
        package = try fields.text("package")
    }
}

extension Phase {
    /// Reads a phase; what it leaves is read by those whose phases leave something.
    init(_ fields: JSONFields, also names: [String], placeholders: Set<CommandTemplate.Placeholder>)
        throws(JSONError)
    {
        try fields.rejectUnknown(allowed: ["command", "files", "environment", "limits", "needs"] + names)
        command = try fields.command(placeholders)
        files = try fields.optionalStrings("files") ?? []
        for (index, file) in files.enumerated() where !FileName.isValid(file) {
            throw fields.error(FileName.rule, at: fields.path.appending(key: "files").appending(index: index))
        }
        environment = try fields.environment()
        limits = try PhaseLimits(fields.optionalObject("limits"))
        needs = try RuntimeNeeds(fields.optionalObject("needs"))
    }
}

extension PhaseLimits {
    fileprivate init(_ fields: JSONFields?) throws(JSONError) {
        guard let fields else { return }
        try fields.rejectUnknown(allowed: [
            "cpu_seconds", "wall_seconds", "memory_mb", "processes", "output_kb", "file_mb", "open_files", "stack_mb",
        ])
        cpuSeconds = try fields.count("cpu_seconds", upTo: 86_400)
        wallSeconds = try fields.count("wall_seconds", upTo: 86_400)
        memoryMB = try fields.count("memory_mb", upTo: 1 << 22)
        processes = try fields.count("processes", upTo: 1 << 20)
        outputKB = try fields.count("output_kb", upTo: 1 << 22)
        fileMB = try fields.count("file_mb", upTo: 1 << 22)
        openFiles = try fields.count("open_files", upTo: 1 << 20)
        stackMB = try fields.count("stack_mb", upTo: 1 << 20)
    }
}

extension RuntimeNeeds {
    fileprivate init(_ fields: JSONFields?) throws(JSONError) {
        self = .none
        guard let fields else { return }
        try fields.rejectUnknown(allowed: ["threads", "address_space_mb"])
        threads = try fields.count("threads", upTo: 1 << 20) ?? 0
        addressSpaceMB = try fields.count("address_space_mb", upTo: 1 << 30) ?? 0
    }
}

extension ErrorPatterns {
    fileprivate init(_ fields: JSONFields?) throws(JSONError) {
        try fields?.rejectUnknown(allowed: ["compile", "run", "out_of_memory", "process_limit"])
        compile = try Self.rules(fields?.optionalObjects("compile"))
        run = try Self.rules(fields?.optionalObjects("run"))
        outOfMemory = try fields?.texts("out_of_memory") ?? []
        processLimit = try fields?.texts("process_limit") ?? []
    }

    private static func rules(_ objects: [JSONFields]?) throws(JSONError) -> [ErrorRule] {
        var rules: [ErrorRule] = []
        for fields in objects ?? [] { rules.append(try ErrorRule(fields)) }
        return rules
    }
}

extension ErrorRule {
    fileprivate init(_ fields: JSONFields) throws(JSONError) {
        try fields.rejectUnknown(allowed: ["after", "match", "pick", "type"])
        after = try fields.optionalString("after").map { (text) throws(JSONError) in
            try fields.pattern(text, at: fields.path.appending(key: "after"))
        }
        match = []
        for (index, text) in try fields.strings("match").enumerated() {
            match.append(try fields.pattern(text, at: fields.path.appending(key: "match").appending(index: index)))
        }
        let word = try fields.optionalString("pick") ?? Pick.first.rawValue
        guard let pick = Pick(rawValue: word) else { throw fields.error("expected first or last", at: "pick") }
        self.pick = pick
        type = try fields.optionalString("type")
    }
}

extension CallHarness {
    fileprivate init(_ fields: JSONFields, also others: [String] = []) throws(JSONError) {
        try fields.rejectUnknown(allowed: ["file", "command"] + others)
        file = try fields.fileName("file")
        command = try fields.command([.program, .toolchain, .source, .harness, .scratch, .memoryMB, .heapMB])
    }
}

extension RerunHarness {
    fileprivate init(_ fields: JSONFields) throws(JSONError) {
        harness = try CallHarness(fields, also: ["alone_words", "reach_words"])
        aloneWords = try fields.words("alone_words")
        reachWords = try fields.words("reach_words")
    }
}
