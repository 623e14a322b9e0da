/// Metrics in the text exposition format of Prometheus, version 0.0.4.
struct MetricsText {
    /// The text so far.
    private(set) var text = ""

    /// Begins a metric.
    mutating func begin(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    /// One sample.
    mutating func sample(_ name: String, _ value: Double, _ labels: [(String, String)] = []) {
        text += "\(name)\(Self.braces(labels)) \(value == value.rounded() ? "\(Int(value))" : "\(value)")\n"
    }

    /// The samples of a histogram.
    mutating func histogram(_ name: String, _ histogram: Histogram, _ labels: [(String, String)] = []) {
        var sum = 0
        for (bound, count) in zip(Histogram.bounds, histogram.counts) {
            sum += count
            sample("\(name)_bucket", Double(sum), labels + [("le", "\(bound)")])
        }
        sample("\(name)_bucket", Double(histogram.count), labels + [("le", "+Inf")])
        sample("\(name)_sum", histogram.sum, labels)
        sample("\(name)_count", Double(histogram.count), labels)
    }

    private static func braces(_ labels: [(String, String)]) -> String {
        guard !labels.isEmpty else { return "" }
        let pairs = labels.map { name, value in
            let escaped = value.reduce(into: "") { text, character in
                switch character {
                case "\\": text += "\\\\"
                case "\"": text += "\\\""
                case "\n": text += "\\n"
                default: text.append(character)
                }
            }
            return "\(name)=\"\(escaped)\""
        }
        return "{\(pairs.joined(separator: ","))}"
    }
}
