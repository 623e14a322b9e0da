/// Numbers as they are printed.
enum NumberText {
    /// Whether two words are the same text or numbers no further apart than allowed.
    ///
    /// Whole numbers are compared by their digits when no error is allowed, for a `Double` would round the long ones.
    static func areClose(
        _ word: Substring.UTF8View, _ wanted: Substring.UTF8View, absolute: Double, relative: Double
    ) -> Bool {
        if word.elementsEqual(wanted) { return true }
        if absolute == 0, relative == 0, let left = wholeNumber(word), let right = wholeNumber(wanted) {
            return left == right
        }
        guard let left = Double(Substring(word)), let right = Double(Substring(wanted)) else { return false }
        if left == right || (left.isNaN && right.isNaN) { return true }
        guard left.isFinite, right.isFinite else { return false }
        let distance = (left - right).magnitude
        return distance <= absolute || distance <= relative * right.magnitude
    }

    /// The digits of a whole number without leading zeros, and its sign; nil when the text is none.
    static func wholeNumber(_ text: some Sequence<UInt8>) -> String? {
        var digits: [UInt8] = []
        var isNegative = false
        var hasDigit = false
        for (position, byte) in text.enumerated() {
            switch byte {
            case UInt8(ascii: "-") where position == 0: isNegative = true
            case UInt8(ascii: "+") where position == 0: break
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                hasDigit = true
                if byte != UInt8(ascii: "0") || !digits.isEmpty { digits.append(byte) }
            default: return nil
            }
        }
        guard hasDigit else { return nil }
        if digits.isEmpty { return "0" }
        return (isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self)
    }
}
