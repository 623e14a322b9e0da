/// Mean and deviation of some values.
struct Moments {
    let mean: Double
    /// The deviation of a sample (the sum of squares over n - 1); 0 for fewer than two values.
    let deviation: Double

    init(_ values: [Double]) {
        let mean = values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
        self.mean = mean
        guard values.count > 1 else {
            deviation = 0
            return
        }
        deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
    }
}
