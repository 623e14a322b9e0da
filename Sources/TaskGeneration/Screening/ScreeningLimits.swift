/// What a snippet may be before anything is done with it.
public struct ScreeningLimits: Sendable, Hashable {
    /// The most bytes.
    public var bytes = 64 << 10
    /// The most lines.
    public var lines = 1000
    /// The most bytes of one line.
    public var lineBytes = 1000

    /// Makes limits.
    public init() {}

    /// Why a text is not looked at any further; nil when it is.
    ///
    /// Every check ends at the first byte that decides, so a text of 100 MB costs no more than one of the limit.
    public func reason(against text: String) -> DropReason? {
        var count = 0
        var lineCount = 1
        var length = 0
        var isBlank = true
        for byte in text.utf8 {
            count += 1
            if count > bytes { return .tooLarge }
            switch byte {
            case 0: return .notText
            case 0x0A:
                lineCount += 1
                length = 0
                if lineCount > lines { return .tooManyLines }
                continue
            case 0x20, 0x09, 0x0D: break
            default: isBlank = false
            }
            length += 1
            if length > lineBytes { return .longLine }
        }
        return isBlank ? .blank : nil
    }
}
