/// Finds snippets that hold a part of a benchmark.
///
/// A benchmark's items are read as tokens; a snippet is contaminated by an item when it holds a share of the item's runs
/// of tokens. Runs that stand in many items (imports, boiler-plate) count for none of them.
public struct Contamination: Sendable {
    /// Tokens in a row that are compared.
    public static let runLength = 10
    /// Runs that stand in more items than this say nothing.
    private static let commonLimit = 8

    private var items: [String] = []
    private var runCounts: [Int] = []
    private var itemsOfRun: [UInt64: [Int32]] = [:]
    private let share: Double

    /// Creates a check without items.
    ///
    /// - Parameter share: The part of an item's runs that contaminates, above 0 and at most 1.
    public init(share: Double = 0.5) { self.share = share }

    /// Whether there is nothing to look for.
    public var isEmpty: Bool { items.isEmpty }

    /// Adds an item of a benchmark.
    public mutating func add(_ text: [UInt8], named name: String, syntax: CodeSyntax) {
        let runs = Self.runs(text, syntax)
        guard !runs.isEmpty else { return }
        let number = Int32(items.count)
        items.append(name)
        runCounts.append(runs.count)
        for run in runs { itemsOfRun[run, default: []].append(number) }
    }

    /// The item that a snippet holds the greatest share of, when that contaminates.
    public func item(in code: [UInt8], syntax: CodeSyntax) -> (name: String, share: Double)? {
        guard !isEmpty else { return nil }
        var hits: [Int32: Int] = [:]
        for run in Self.runs(code, syntax) {
            guard let holders = itemsOfRun[run], holders.count <= Self.commonLimit else { continue }
            for item in holders { hits[item, default: 0] += 1 }
        }
        let shares = hits.map { (item: $0.key, share: Double($0.value) / Double(runCounts[Int($0.key)])) }
        guard let worst = shares.max(by: { ($0.share, -$0.item) < ($1.share, -$1.item) }), worst.share >= share else {
            return nil
        }
        return (items[Int(worst.item)], worst.share)
    }

    private static func runs(_ text: [UInt8], _ syntax: CodeSyntax) -> Set<UInt64> {
        var tokens: [UInt64] = []
        text.withUnsafeBufferPointer { TokenReader(syntax).read($0, into: &tokens) }
        return Set(FeatureReader.shingles(tokens, length: runLength))
    }
}
