/// A text that nobody can guess, made anew for each run.
enum Nonce {
    /// 32 hexadecimal digits.
    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        return Digest(
            bytes: (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
        ).hexadecimal
    }
}
