public import Tasks

/// Reads the type, the message and the line of an error from what a compiler or a failing program printed.
public enum ErrorReport {
    /// The most bytes looked at: the end of stderr, where the error is.
    static let byteLimit = 256 << 10
    /// The longest line looked at.
    static let lineLimit = 4096

    /// The failure that an error stream tells of; nil when no rule finds anything.
    ///
    /// - Parameter file: The name of the program's file.
    public static func failure(in stderr: [UInt8], rules: [ErrorRule], file: String) -> Failure? {
        let lines = stderr.suffix(byteLimit).split(separator: 0x0A, omittingEmptySubsequences: false)
            .map { $0.last == 0x0D ? $0.dropLast() : $0 }
        var failure = Failure()
        for rule in rules {
            guard let found = captures(of: rule, in: lines, file: file) else { continue }
            if failure.type == nil { failure.type = found.type ?? rule.type }
            if failure.message == nil { failure.message = found.message }
            if failure.line == nil { failure.line = found.line }
        }
        return failure == Failure() ? nil : failure
    }

    private static func captures(of rule: ErrorRule, in lines: [ArraySlice<UInt8>], file: String)
        -> LinePattern.Captures?
    {
        var candidates = lines[...]
        if let after = rule.after {
            guard let start = lines.lastIndex(where: { $0.count <= lineLimit && after.match($0, file: file) != nil })
            else { return nil }
            candidates = lines[(start + 1)...]
        }
        func match(_ line: ArraySlice<UInt8>) -> LinePattern.Captures? {
            guard line.count <= lineLimit else { return nil }
            for pattern in rule.match {
                if let captures = pattern.match(line, file: file) { return captures }
            }
            return nil
        }
        switch rule.pick {
        case .first:
            for line in candidates {
                if let captures = match(line) { return captures }
            }
        case .last:
            for line in candidates.reversed() {
                if let captures = match(line) { return captures }
            }
        }
        return nil
    }
}
