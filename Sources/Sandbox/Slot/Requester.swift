import Synchronization

/// Who asks for runs; slots go round between requesters, so that a large request does not starve a small one.
///
/// It travels with the task: whatever runs below `$current.withValue` belongs to that requester. A run outside of any
/// belongs to one that all such runs share.
public struct Requester: Sendable, Hashable {
    private static let nextNumber = Atomic<UInt64>(1)
    private let number: UInt64

    /// Makes a requester that equals no other.
    public init() {
        number = Self.nextNumber.add(1, ordering: .relaxed).oldValue
    }

    private init(number: UInt64) { self.number = number }

    /// The requester on whose behalf the current task runs.
    @TaskLocal public static var current = Requester(number: 0)
}
