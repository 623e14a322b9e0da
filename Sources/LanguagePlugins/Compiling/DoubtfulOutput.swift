import Sandbox

/// Tells when what a compilation printed may not be what it had printed without aids.
enum DoubtfulOutput {
    /// Whether a result is not to be shown.
    static func isDoubtful(_ result: ExecutionResult, _ aids: AidArguments, _ plan: ExecutionPlan) -> Bool {
        if aids.isPrepared, mentionsStore(result, aids) { return true }
        switch result.termination {
        // Aids take less of everything but memory, and a compiler that crashes may have been made to by them.
        case .limitExceeded(.memory), .signaled: return true
        case .limitExceeded, .exited: break
        }
        // A header's place in the program is told where an error in it is.
        if aids.movesIncludes, mentions("from \(plan.sourceFile):", result) { return true }
        return plan.plugin.manifest.aids.plainWhen.contains { mentions($0, result) }
    }

    /// Whether a result names the store, as it does when what was prepared is not used.
    static func mentionsStore(_ result: ExecutionResult, _ aids: AidArguments) -> Bool {
        aids.store.map { mentions($0.shownPath, result) } ?? false
    }

    private static func mentions(_ text: String, _ result: ExecutionResult) -> Bool {
        let text = Array(text.utf8)
        return contains(text, result.stderr.bytes) || contains(text, result.stdout.bytes)
    }

    private static func contains(_ text: [UInt8], _ bytes: [UInt8]) -> Bool {
        guard let first = text.first else { return false }
        var rest = bytes[...]
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: text) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
