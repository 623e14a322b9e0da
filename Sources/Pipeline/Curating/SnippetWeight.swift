import Curation
import JSON
import Tasks

/// The weight that a preference gives to a snippet, from 1 to a million.
enum SnippetWeight {
    static func weight(_ snippet: Snippet, _ code: [UInt8], _ tokenCount: Int, _ preference: SnippetPreference) -> Int {
        switch preference {
        case .none, .rarer, .executable: 1000
        case .shorter: 1 + 999_999 * 100 / (100 + tokenCount)
        case .cleaner: cleanness(code)
        case .given: snippet.fields["weight"]?.double.map { Int(min(1e6, max(1, $0))) } ?? 1
        }
    }

    /// One that runs counts a thousand times one that only compiles, which counts a thousand times one that does not.
    static func weight(_ finding: CompileCheck.Finding) -> Int {
        switch finding {
        case .broken: 1
        case .sound: 1000
        case .runs: 1_000_000
        }
    }

    /// Less for each line over 100 bytes, each blank at the end of one, each repeated and each blank line.
    private static func cleanness(_ code: [UInt8]) -> Int {
        var seen: Set<ArraySlice<UInt8>> = []
        var faults = 0
        var count = 0
        for line in code.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            count += 1
            if line.count > 100 { faults += 2 }
            if let last = line.last, last <= 32 { faults += 1 }
            if line.isEmpty { faults += 1 } else if line.count > 8, !seen.insert(line).inserted { faults += 1 }
        }
        return max(1, 1_000_000 * count / (count + 2 * faults))
    }

    /// Rarity as a weight: the mean of how seldom a snippet's features are.
    static func rarity(_ sets: FeatureSets) -> [Int] {
        FeatureRarity(sets).shares.map { max(1, Int($0 * 999_999)) }
    }
}
