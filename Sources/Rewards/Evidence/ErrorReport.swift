import Tasks

/// Reads type, message and line out of the text that a failing program leaves on stderr, in whatever language.
///
/// Truth and prediction go through the same reader, so a prediction that equals the truth always scores in full. The
/// last report wins: naming every error in turn earns no more than the last name does.
enum ErrorReport {
    /// The error that a text tells of; nil when it tells of none.
    static func read(_ text: String) -> Failure? {
        // Most programs print no error, and most predictions say so.
        if text.isBlank { return nil }
        let lines = TextLines.split(Normaliser.normalise(text))
        var failure = Failure()
        for (index, line) in lines.enumerated() {
            guard let found = report(line, next: index + 1 < lines.count ? lines[index + 1] : nil) else { continue }
            failure.type = found.type
            failure.message = found.message
        }
        failure.line = number(of: lines)
        return failure == Failure() ? nil : failure
    }

    // MARK: - Type and message

    private static func report(_ line: Substring, next: Substring?) -> (type: String?, message: String?)? {
        if let start = line.rest(after: "terminate called after throwing an instance of '") {
            return (start.upTo("'"), next?.trimmed.rest(after: "what():")?.trimmed.text)
        }
        if let place = line.rest(between: "thread '", and: "' panicked at ") {
            // The message stands in quotes on the line itself in old compilers, on the next one in new ones.
            return ("panic", place.rest(after: "'")?.upTo("', ") ?? next?.trimmed.text)
        }
        if let message = line.rest(after: "panic: ") { return ("panic", message.text) }
        if let message = line.rest(behind: "Fatal error: ") { return ("Fatal error", message.text) }
        if let message = line.rest(behind: ": error: ") { return ("error", message.text) }
        if let rest = line.rest(after: "error["), let code = rest.upTo("]: ") {
            return (code, rest.rest(behind: "]: ")?.text)
        }
        if let rest = line.rest(behind: ": line "), let message = rest.rest(behind: ": ") { return (nil, message.text) }
        return exception(line)
    }

    /// `ZeroDivisionError: division by zero`, with what Java and JavaScript put before it.
    private static func exception(_ line: Substring) -> (type: String?, message: String?)? {
        var line = line
        line = line.rest(after: "Uncaught ") ?? line
        line = line.rest(after: "Caused by: ") ?? line
        if let named = line.rest(after: "Exception in thread \""), let rest = named.rest(behind: "\" ") { line = rest }
        let word = line.utf8.prefix { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "$"):
                true
            default: false
            }
        }
        // A qualified name and a bare one are the same error.
        guard let name = word.split(separator: UInt8(ascii: ".")).last, let first = name.first,
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first)
        else { return nil }
        let type = String(Substring(name))
        let rest = Substring(line.utf8.dropFirst(word.count))
        if rest.isEmpty {
            let endings = ["Error", "Exception", "Interrupt", "Exit", "Iteration"]
            return endings.contains(where: type.hasSuffix) ? (type, "") : nil
        }
        guard rest.utf8.first == UInt8(ascii: ":") else {
            // Node puts a code between name and message: TypeError [ERR_X]: message.
            guard rest.rest(after: " [") != nil, let message = rest.rest(behind: "]: ") else { return nil }
            return (type, message.text)
        }
        return (type, rest.dropFirst().trimmed.text)
    }

    // MARK: - Line

    /// The line of the innermost frame: Python lists it last, the others first.
    private static func number(of lines: [Substring]) -> Int? {
        let frames = lines.compactMap { $0.trimmed.rest(after: "File \"")?.rest(behind: "\", line ")?.leadingNumber }
        if let last = frames.last { return last }
        for line in lines {
            if let number = line.rest(behind: ": line ")?.leadingNumber ?? numberBehindFile(line) { return number }
        }
        return nil
    }

    /// The 3 of `main.go:3`.
    private static func numberBehindFile(_ line: Substring) -> Int? {
        guard TextBytes.first(UInt8(ascii: ":"), in: line.utf8Span.span, from: 0) != nil else { return nil }
        let parts = line.split(separator: ":", omittingEmptySubsequences: false)
        for (name, number) in zip(parts, parts.dropFirst()) {
            let ending = name.utf8.reversed().prefix { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "/") }
            guard ending.count < name.utf8.count, (1...5).contains(ending.count) else { continue }
            if let number = number.leadingNumber { return number }
        }
        return nil
    }
}

// MARK: -

extension Substring {
    fileprivate var text: String { String(self) }

    fileprivate var trimmed: Substring {
        var bytes = utf8.drop { $0 == 0x20 || $0 == 0x09 }
        while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
        return Substring(bytes)
    }

    /// What follows a prefix; nil when the text does not begin with it.
    fileprivate func rest(after prefix: StaticString) -> Substring? {
        let bytes = utf8Span.span
        guard TextBytes.range(0..<bytes.count, of: bytes, startsWith: prefix) else { return nil }
        return from(prefix.utf8CodeUnitCount)
    }

    /// What follows the first place where a mark stands; nil when it stands nowhere.
    fileprivate func rest(behind mark: StaticString) -> Substring? {
        TextBytes.first(mark, in: utf8Span.span, from: 0).map { from($0 + mark.utf8CodeUnitCount) }
    }

    fileprivate func rest(between prefix: StaticString, and mark: StaticString) -> Substring? {
        rest(after: prefix)?.rest(behind: mark)
    }

    /// The text before the first place where a mark stands; nil when it stands nowhere.
    fileprivate func upTo(_ mark: StaticString) -> String? {
        TextBytes.first(mark, in: utf8Span.span, from: 0).map { String(self[..<utf8.index(startIndex, offsetBy: $0)]) }
    }

    fileprivate var leadingNumber: Int? {
        let digits = utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return digits.isEmpty ? nil : Int(Substring(digits))
    }

    private func from(_ offset: Int) -> Substring { self[utf8.index(startIndex, offsetBy: offset)...] }
}
