/// A text as the rules for cutting it see it: characters by their class.
struct ClassifiedText {
    /// What a rule asks of a character.
    enum Class: UInt8 {
        /// `\p{L}`
        case letter
        /// `\p{N}`
        case number
        /// A carriage return or a line feed.
        case lineEnd
        /// Any other `\s`.
        case space
        case other
    }

    private(set) var classes: [Class] = []
    private(set) var scalars: [UInt32] = []
    /// Where each character begins, and the end of the text behind the last.
    private var starts: [Int] = []

    /// The number of characters.
    var count: Int { classes.count }

    /// Looks at a text in UTF-8.
    init(_ bytes: [UInt8]) {
        classes.reserveCapacity(bytes.count)
        scalars.reserveCapacity(bytes.count)
        starts.reserveCapacity(bytes.count + 1)
        var place = 0
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            classes.append(Self.class(of: scalar))
            scalars.append(scalar.value)
            starts.append(place)
            place += UTF8.width(scalar)
        }
        starts.append(place)
    }

    /// The bytes of some characters.
    func bytes(of range: Range<Int>) -> Range<Int> { starts[range.lowerBound]..<starts[range.upperBound] }

    private static func `class`(of scalar: Unicode.Scalar) -> Class {
        switch scalar.value {
        case 0x61...0x7A, 0x41...0x5A: return .letter
        case 0x30...0x39: return .number
        case 0x0A, 0x0D: return .lineEnd
        case 0x09, 0x0B, 0x0C, 0x20: return .space
        case 0..<0x80: return .other
        default: break
        }
        if scalar.properties.isWhitespace { return .space }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return .letter
        case .decimalNumber, .letterNumber, .otherNumber: return .number
        default: return .other
        }
    }
}
