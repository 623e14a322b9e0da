/// How often a length of time fell between which bounds.
struct Histogram: Sendable {
    /// Upper bounds in seconds, from a hundred microseconds to a minute, about three a decade.
    static let bounds: [Double] = [
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
    ]

    private(set) var counts = [Int](repeating: 0, count: Self.bounds.count)
    private(set) var sum = 0.0
    private(set) var count = 0

    /// Counts one length of time.
    mutating func add(_ time: Duration) {
        let seconds = time / .seconds(1)
        sum += seconds
        count += 1
        if let place = Self.bounds.firstIndex(where: { seconds <= $0 }) { counts[place] += 1 }
    }

    /// The bound below which a share of all lengths lies; 0 when there are none.
    func quantile(_ share: Double) -> Double {
        var sum = 0
        for (bound, count) in zip(Self.bounds, counts) {
            sum += count
            if count > 0, Double(sum) >= share * Double(self.count) { return bound }
        }
        return count > 0 ? Self.bounds[Self.bounds.count - 1] : 0
    }
}
