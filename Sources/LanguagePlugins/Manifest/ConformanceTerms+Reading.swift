import JSON
import Tasks

extension ConformanceTerms {
    /// Reads the field `conformance` of a manifest.
    init(_ fields: JSONFields?) throws(JSONError) {
        self.init()
        guard let fields else { return }
        try fields.rejectUnknown(allowed: ["without", "runtime_error", "rejection", "deep_recursion"])
        if let reasons = try fields.optionalObject("without") {
            for name in reasons.members.keys {
                guard let check = ConformanceCheck(rawValue: name), check != .hello else {
                    let known = ConformanceCheck.allCases.filter { $0 != .hello }.map(\.rawValue)
                    throw reasons.error("no such check; they are \(known.joined(separator: ", "))", at: name)
                }
                without[check] = try reasons.text(name)
            }
        }
        runtimeError = try fields.optionalObject("runtime_error").map(Self.failure)
        rejection = try fields.optionalObject("rejection").map(Self.failure)
        deepRecursion = try fields.optionalString("deep_recursion").map { (name) throws(JSONError) in
            guard let verdict = Verdict(rawValue: name), verdict != .internalError else {
                throw fields.error("expected a verdict, such as runtime_error", at: "deep_recursion")
            }
            return verdict
        }
    }

    private static func failure(_ fields: JSONFields) throws(JSONError) -> Failure {
        try fields.rejectUnknown(allowed: ["type", "message", "line"])
        let failure = Failure(
            type: try fields.optionalString("type"), message: try fields.optionalString("message"),
            line: try fields.count("line", upTo: 1 << 20))
        guard failure != Failure() else { throw fields.error("expected a type, a message or a line") }
        return failure
    }
}
