import Curation
import Tasks

/// The snippets that passed the filters, and the count of those that did not.
struct Corpus: Sendable {
    /// A snippet that holds a part of a benchmark.
    struct Contaminated: Sendable {
        var id: String
        var item: String
        var share: Double
    }

    var ids: [String] = []
    /// The line of each for the output, with its line feed.
    var lines: [[UInt8]] = []
    var features = FeatureSets()
    /// The code of each; only where the similarity needs it.
    var codes: [[UInt8]] = []
    /// The weight of each before rarity is known.
    var weights: [Int] = []
    var byteCount = 0
    var tokenCount = 0
    /// Everything that was read, dropped or not.
    var readCount = 0
    var drops: [DropReason: Int] = [:]
    var contaminated: [Contaminated] = []

    var count: Int { ids.count }

    /// Drops the snippets that are not to be kept, for a common reason.
    mutating func keep(_ isKept: [Bool], otherwise reason: DropReason) {
        let kept = isKept.indices.filter { isKept[$0] }
        guard kept.count < count else { return }
        drops[reason, default: 0] += count - kept.count
        var sets = FeatureSets()
        for number in kept { sets.append(features.set(number)) }
        features = sets
        ids = kept.map { ids[$0] }
        lines = kept.map { lines[$0] }
        weights = kept.map { weights[$0] }
        if !codes.isEmpty { codes = kept.map { codes[$0] } }
    }
}
