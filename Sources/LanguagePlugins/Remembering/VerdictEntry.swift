/// What is known of the runs with one key.
enum VerdictEntry: Sendable, Hashable {
    /// One run came to something with this digest.
    case seenOnce(Digest)
    /// Two runs came to the same: these bytes of an outcome, with this digest.
    case confirmed(Digest, outcome: [UInt8])
    /// Two runs came to different things; none is ever to be believed.
    case unsteady

    /// What is known after one more run.
    func after(_ outcome: RunOutcome) -> VerdictEntry {
        let digest = OutcomeCoding.digest(of: outcome)
        switch self {
        case .seenOnce(digest): return .confirmed(digest, outcome: OutcomeCoding.bytes(of: outcome))
        case .confirmed(digest, _): return self
        case .seenOnce, .confirmed, .unsteady: return .unsteady
        }
    }

    // MARK: - As a file

    private static let magic = Array("RETORTV1".utf8)
    private static let digestSize = 32

    /// The whole file: a mark, the key, the state, what goes with it, and the hash of all that.
    func file(for key: VerdictKey) -> [UInt8] {
        var file = Self.magic + key.digest.bytes
        switch self {
        case .seenOnce(let digest): file += [1] + digest.bytes
        case .confirmed(let digest, let outcome): file += [2] + digest.bytes + outcome
        case .unsteady: file += [3]
        }
        return file + SHA256.hash(file).bytes
    }

    /// Reads a file; nil when it is torn, or another key's.
    init?(file: [UInt8], key: VerdictKey) {
        let content = file.dropLast(Self.digestSize)
        let head = Self.magic + key.digest.bytes
        guard content.count > head.count, content.starts(with: head),
            SHA256.hash(content).bytes.elementsEqual(file.suffix(Self.digestSize))
        else { return nil }
        let rest = content.dropFirst(head.count + 1)
        let digest = Digest(bytes: Array(rest.prefix(Self.digestSize)))
        switch (content[head.count], rest.count) {
        case (1, Self.digestSize): self = .seenOnce(digest)
        case (2, (Self.digestSize + 1)...): self = .confirmed(digest, outcome: Array(rest.dropFirst(Self.digestSize)))
        case (3, 0): self = .unsteady
        default: return nil
        }
    }
}
