import JSON
import Tasks

/// Texts that no program can guess, by which the frame of a test's result is known from what a program prints.
///
/// A nonce is drawn from a secret and from everything that it goes along with: the program and the test. So equal runs
/// are equal to the byte and can be shared, and yet no program finds the nonce of another run, for whatever it would do
/// with it makes it another program.
struct NonceSource: Sendable {
    /// The nonces of the tests of one program.
    struct OfProgram: Sendable {
        fileprivate let hash: SHA256

        /// 32 hexadecimal digits.
        func nonce(for test: TestCase) -> String {
            var hash = hash
            switch test.kind {
            case .stdin:
                hash.update(field: Array("stdin".utf8))
            case .call(let functionName, let arguments):
                hash.update(field: Array("call \(functionName)".utf8))
                hash.update(field: Array(JSONValue.array(arguments).serialized().utf8))
            case .program(let code):
                hash.update(field: Array("program".utf8))
                hash.update(field: Array(code.utf8))
            }
            hash.update(field: test.input.stdin)
            return String(hash.finalize().hexadecimal.prefix(32))
        }
    }

    private let secret: [UInt8]

    /// Makes a source.
    ///
    /// - Parameter secret: 32 bytes that nobody else knows; by default new ones.
    init(secret: [UInt8] = Self.newSecret()) { self.secret = secret }

    /// The nonces of the tests of a program.
    func nonces(for program: SourceProgram) -> OfProgram {
        var hash = SHA256()
        hash.update(field: secret)
        hash.update(field: Array(program.language.utf8))
        hash.update(field: program.source)
        for (path, content) in program.files.sorted(by: { $0.key < $1.key }) {
            hash.update(field: Array(path.utf8))
            hash.update(field: content)
        }
        return OfProgram(hash: hash)
    }

    /// 32 random bytes.
    static func newSecret() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
}
