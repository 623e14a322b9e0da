/// The random choices of one task: a function of the seed, the epoch, the snippet, the task's number, and the name of
/// what is chosen.
///
/// Each choice has a stream of its own by its name, so that a new kind of change does not alter what the others draw.
public struct Draws: Sendable {
    private let key: (UInt32, UInt32)
    private let snippet: UInt64
    private let stream: UInt32
    private var block: UInt32 = 0
    private var words: [UInt32] = []

    /// Makes the draws of one task.
    ///
    /// - Parameters:
    ///   - snippet: What tells the snippet from all others, such as `Fingerprint.of(id, code)`.
    ///   - index: The task's number among those of its snippet.
    public init(seed: UInt64, epoch: UInt64, snippet: UInt64, index: Int) {
        let mixed = Fingerprint.mix(Fingerprint.mix(seed, epoch), UInt64(bitPattern: Int64(index)))
        self.init(key: (UInt32(truncatingIfNeeded: mixed), UInt32(mixed >> 32)), snippet: snippet, stream: 0)
    }

    private init(key: (UInt32, UInt32), snippet: UInt64, stream: UInt32) {
        self.key = key
        self.snippet = snippet
        self.stream = stream
    }

    /// The draws of one choice.
    public func named(_ name: String) -> Draws {
        Draws(
            key: key, snippet: snippet,
            stream: UInt32(truncatingIfNeeded: Fingerprint.mix(UInt64(stream), Fingerprint.of(name))))
    }

    /// The next 32 bits.
    public mutating func next() -> UInt32 {
        if words.isEmpty {
            let drawn = Philox.block(
                counter: (block, stream, UInt32(truncatingIfNeeded: snippet), UInt32(snippet >> 32)), key: key)
            block &+= 1
            words = [drawn.3, drawn.2, drawn.1, drawn.0]
        }
        return words.removeLast()
    }

    /// A number from 0 up to a bound, each as likely as the others.
    ///
    /// - Precondition: The bound is above 0.
    public mutating func below(_ bound: Int) -> Int {
        precondition(bound > 0 && bound <= Int(UInt32.max), "no number below \(bound)")
        // Lemire, Fast random integer generation in an interval (2019): the product's high half, the few biased low
        // halves drawn again.
        let range = UInt32(bound)
        var product = UInt64(next()) * UInt64(range)
        if UInt32(truncatingIfNeeded: product) < range {
            let threshold = (0 &- range) % range
            while UInt32(truncatingIfNeeded: product) < threshold { product = UInt64(next()) * UInt64(range) }
        }
        return Int(product >> 32)
    }

    /// A number from 0 up to 1, in steps of 2^-32.
    public mutating func fraction() -> Double { Double(next()) / 4_294_967_296 }

    /// Whether something of that probability happens.
    public mutating func happens(_ probability: Double) -> Bool { fraction() < probability }

    /// One of some values; nil when there is none.
    public mutating func pick<Values: RandomAccessCollection>(_ values: Values) -> Values.Element? {
        guard !values.isEmpty else { return nil }
        return values[values.index(values.startIndex, offsetBy: below(values.count))]
    }

    /// The values in another order.
    public mutating func shuffled<Value>(_ values: some Sequence<Value>) -> [Value] {
        var values = Array(values)
        for end in stride(from: values.count - 1, to: 0, by: -1) { values.swapAt(end, below(end + 1)) }
        return values
    }

    /// The place of one of some weights, as likely as it is heavy; nil when none is above 0.
    public mutating func weighted(_ weights: [Double]) -> Int? {
        let total = weights.reduce(0) { $0 + max(0, $1) }
        guard total > 0 else { return nil }
        var left = fraction() * total
        for (index, weight) in weights.enumerated() where weight > 0 {
            if left < weight { return index }
            left -= weight
        }
        return weights.lastIndex { $0 > 0 }
    }
}
