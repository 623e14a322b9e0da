/// Why the benchmark could not go on.
struct BenchmarkError: Error, CustomStringConvertible {
    var message: String
    var description: String { message }
}
