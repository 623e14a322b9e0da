/// Applies a function to many values on several threads; results come in the order of the values.
public enum ParallelMap {
    /// Maps values; the closure runs on many threads at once.
    public static func run<Value: Sendable, Result: Sendable>(
        _ values: [Value], threads: Int, _ body: @escaping @Sendable (Value) -> Result
    ) -> [Result] {
        SharedWork.run(itemCount: values.count, chunk: 64, threads: threads, control: SearchControl()) { range, found in
            for place in range { found.append(body(values[place])) }
        }
    }
}
