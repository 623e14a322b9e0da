import Tasks

/// The error of an answer beside the error of the truth.
struct FailureMatch {
    private let isWhollyRight: Bool
    private let wanted: Failure
    private let found: Failure
    /// How alike the two texts are, asked only where the truth tells nothing in particular.
    private let fallback: () -> Double

    /// Makes a match; nil when there is no answer.
    init?(_ evidence: Evidence) {
        guard let truth = evidence.truth, let claim = evidence.claim, let stderr = claim.stderr else { return nil }
        guard truth.isFailure else {
            // Nothing fails: the answer is right when it says so too.
            self.init(isWhollyRight: !claim.hasFailed, wanted: Failure(), found: Failure()) { 0 }
            return
        }
        if evidence.task.kind == .backward {
            self.init(ran: claim, truth: truth)
            return
        }
        // The truth's own text first: prediction and truth are then read by the same reader.
        let wanted = ErrorReport.read(truth.stderr) ?? truth.failure ?? Failure()
        // A blank where there is something to say earns nothing; where there is nothing to say, it is the answer.
        let isBlank = stderr.isBlank && !(truth.stderr.isBlank && wanted == Failure())
        self.init(
            isWhollyRight: !isBlank && Comparator.trimmed.matches(actual: stderr, expected: truth.stderr) == true,
            wanted: wanted, found: isBlank ? Failure() : claim.failure ?? Failure()
        ) { isBlank ? 0 : LineSimilarity.jaccard(stderr, truth.stderr) }
    }

    /// A run's error was read by the plugin that read the truth's.
    private init(ran claim: Claim, truth: Truth) {
        let isSameEnd = claim.exitCode == truth.exitCode
        self.init(
            isWhollyRight: claim.hasFailed && claim.failure == truth.failure && isSameEnd,
            wanted: truth.failure ?? Failure(), found: claim.failure ?? Failure()
        ) { claim.hasFailed && isSameEnd ? 1 : 0 }
    }

    private init(isWhollyRight: Bool, wanted: Failure, found: Failure, fallback: @escaping () -> Double) {
        self.isWhollyRight = isWhollyRight
        self.wanted = wanted
        self.found = found
        self.fallback = fallback
    }

    /// The weighted share of the fields that are right, among the fields that the truth has.
    ///
    /// - Returns: How alike the two texts are when the truth has none of the fields that are asked for.
    func share(type: Double, message: Double, line: Double) -> Double {
        if isWhollyRight { return 1 }
        var total = 0.0
        var right = 0.0
        if let wanted = wanted.type {
            total += type
            if found.type.map(Self.bareName) == Self.bareName(wanted) { right += type }
        }
        if let wanted = wanted.message {
            total += message
            if let found = found.message, Comparator.tokens.matches(actual: found, expected: wanted) == true {
                right += message
            }
        }
        if let wanted = wanted.line {
            total += line
            if found.line == wanted { right += line }
        }
        return total > 0 ? right / total : fallback()
    }

    /// `java.lang.ArithmeticException` and `ArithmeticException` are the same error.
    private static func bareName(_ type: String) -> Substring { type.split(separator: ".").last ?? "" }
}
