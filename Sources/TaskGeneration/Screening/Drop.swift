/// A task that was not made, with the reason.
struct Drop: Error, Sendable, Hashable {
    let reason: DropReason

    init(_ reason: DropReason) { self.reason = reason }
}
