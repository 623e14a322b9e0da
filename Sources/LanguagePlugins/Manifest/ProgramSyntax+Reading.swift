import JSON

extension ProgramSyntax {
    /// Reads the field `syntax` of a manifest.
    init(_ fields: JSONFields?) throws(JSONError) {
        self.init()
        guard let fields else { return }
        try fields.rejectUnknown(allowed: [
            "line_comments", "comments_start_words", "block_comments", "comments_nest", "strings", "raw_strings",
            "multiline_strings", "characters", "interpolations", "patterns", "here_documents", "keywords", "operators",
            "conditions", "idle_statements", "statement_end", "function_keywords",
            "errors", "named_argument", "sigils", "input_words",
        ])
        lineComments = try fields.texts("line_comments") ?? []
        commentsStartWords = try fields.optionalBool("comments_start_words") ?? false
        blockComments = try fields.pairs("block_comments")
        commentsNest = try fields.optionalBool("comments_nest") ?? false
        strings = try fields.texts("strings") ?? []
        rawStrings = try fields.pairs("raw_strings")
        multilineStrings = try fields.texts("multiline_strings") ?? []
        characters = try fields.texts("characters") ?? []
        if let named = try fields.optionalObject("interpolations") {
            for key in named.members.keys { interpolations[key] = try named.pairs(key) }
        }
        hasPatterns = try fields.optionalBool("patterns") ?? false
        hasHereDocuments = try fields.optionalBool("here_documents") ?? false
        keywords = Set(try fields.texts("keywords") ?? [])
        operators = try OperatorGroups(fields.optionalObject("operators"))
        for form in try fields.optionalObjects("conditions") ?? [] { conditions.append(try ConditionForm(form)) }
        idleStatements = try fields.texts("idle_statements") ?? []
        for (index, text) in idleStatements.enumerated() where !text.contains("{name}") {
            throw fields.error(
                "the statement must hold {name}",
                at: fields.path.appending(key: "idle_statements").appending(index: index))
        }
        statementEnd = try fields.optionalString("statement_end") ?? ""
        functionKeywords = try fields.texts("function_keywords") ?? []
        inputWords = Set(try fields.texts("input_words") ?? [])
        sigils = try fields.texts("sigils") ?? []
        namedArgument = try fields.optionalString("named_argument") ?? ""
        guard namedArgument.isEmpty || namedArgument.contains("{name}") && namedArgument.contains("{value}") else {
            throw fields.error("expected a text with {name} and {value} in it", at: "named_argument")
        }
        if let named = try fields.optionalObject("errors") {
            for key in named.members.keys { errors[key] = try named.texts(key) ?? [] }
        }
    }
}

extension OperatorGroups {
    fileprivate init(_ fields: JSONFields?) throws(JSONError) {
        try fields?.rejectUnknown(allowed: ["arithmetic", "unary", "comparison", "boolean", "assignment"])
        unary = try fields?.texts("unary") ?? []
        arithmetic = try fields?.texts("arithmetic") ?? []
        comparison = try fields?.texts("comparison") ?? []
        boolean = try fields?.texts("boolean") ?? []
        assignment = try fields?.texts("assignment") ?? []
    }
}

extension ConditionForm {
    fileprivate init(_ fields: JSONFields) throws(JSONError) {
        try fields.rejectUnknown(allowed: ["test", "negated"])
        (before, after) = try Self.halves(fields, "test")
        (negatedBefore, negatedAfter) = try Self.halves(fields, "negated")
        guard !before.isEmpty, !after.isEmpty else {
            throw fields.error("{condition} needs text before and behind it", at: "test")
        }
    }

    private static func halves(_ fields: JSONFields, _ name: String) throws(JSONError) -> (String, String) {
        let text = try fields.string(name)
        let mark = "{condition}"
        let bytes = Array(text.utf8)
        let wanted = Array(mark.utf8)
        for start in 0..<max(0, bytes.count - wanted.count + 1) where bytes[start...].starts(with: wanted) {
            return (
                String(decoding: bytes[..<start], as: UTF8.self),
                String(decoding: bytes[(start + wanted.count)...], as: UTF8.self)
            )
        }
        throw fields.error("expected a text with \(mark) in it", at: name)
    }
}

extension JSONFields {
    /// Pairs of texts, each what starts and what ends something.
    fileprivate func pairs(_ name: String) throws(JSONError) -> [[String]] {
        var pairs: [[String]] = []
        for (index, element) in (try optionalArray(name) ?? []).enumerated() {
            let pair = element.array?.compactMap(\.string) ?? []
            guard pair.count == 2, pair.allSatisfy({ !$0.isEmpty }), element.array?.count == 2 else {
                throw error(
                    "expected a pair: what starts it and what ends it",
                    at: path.appending(key: name).appending(index: index))
            }
            pairs.append(pair)
        }
        return pairs
    }
}
