import Glibc

/// Searches and comparisons of the bytes of texts, a word of the machine at a time.
package enum TextBytes {
    /// The offset of the first such byte from a place on; nil when there is none.
    package static func first(_ byte: UInt8, in bytes: Span<UInt8>, from start: Int) -> Int? {
        bytes.withUnsafeBytes { buffer in
            guard start < buffer.count, let base = buffer.baseAddress,
                let found = memchr(base + start, Int32(byte), buffer.count - start)
            else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }

    /// Whether two ranges hold the same bytes.
    package static func areSame(
        _ left: Span<UInt8>, _ leftRange: Range<Int>, _ right: Span<UInt8>, _ rightRange: Range<Int>
    ) -> Bool {
        guard leftRange.count == rightRange.count else { return false }
        let left = left.extracting(leftRange)
        let right = right.extracting(rightRange)
        return left.withUnsafeBytes { left in
            right.withUnsafeBytes { right in
                guard let first = left.baseAddress, let second = right.baseAddress else { return true }
                return memcmp(first, second, left.count) == 0
            }
        }
    }

    /// The offset of the first place from a place on where a word stands; nil when it stands nowhere.
    package static func first(_ word: StaticString, in bytes: Span<UInt8>, from start: Int) -> Int? {
        var cursor = start
        while let found = first(word.utf8Start.pointee, in: bytes, from: cursor) {
            if range(found..<bytes.count, of: bytes, startsWith: word) { return found }
            cursor = found + 1
        }
        return nil
    }

    /// Whether a range begins with a word.
    package static func range(_ range: Range<Int>, of bytes: Span<UInt8>, startsWith word: StaticString) -> Bool {
        guard range.count >= word.utf8CodeUnitCount else { return false }
        for offset in 0..<word.utf8CodeUnitCount where bytes[range.lowerBound + offset] != word.utf8Start[offset] {
            return false
        }
        return true
    }

    /// The text of a range that begins and ends between two characters.
    package static func text(_ range: Range<Int>, of bytes: Span<UInt8>) -> String {
        bytes.withUnsafeBufferPointer { buffer in
            String(decoding: UnsafeBufferPointer(rebasing: buffer[range]), as: UTF8.self)
        }
    }
}
