extension ByteCursor {
    /// A name: its length and its bytes.
    mutating func name(_ what: String, limit: Int) throws(ModelFileError) -> String {
        let count = try count(of: "bytes of a \(what)", atLeast: 1, limit: limit)
        guard let text = String(validating: try take(count), as: UTF8.self) else {
            throw file.error("has a \(what) that is not UTF-8")
        }
        return text
    }

    /// A text, of which what is no UTF-8 is replaced: some vocabularies hold halves of characters.
    private mutating func text() throws(ModelFileError) -> String {
        let count = try count(of: "bytes of a text", atLeast: 1, limit: .max)
        return String(decoding: try take(count), as: UTF8.self)
    }

    /// A value of the metadata.
    mutating func value(_ type: UInt32, of key: String) throws(ModelFileError) -> GGUFValue {
        guard type == 9 else { return try scalar(type, of: key) }
        let elementType = try integer(UInt32.self)
        guard let size = Self.sizes[elementType] else {
            throw file.error("has a list of the unknown type \(elementType) in '\(key)'")
        }
        let count = try count(of: "elements of '\(key)'", atLeast: size, limit: .max)
        var list = GGUFList(reserving: count)
        for _ in 0..<count {
            guard list.append(try scalar(elementType, of: key)) else {
                throw file.error("has a number that is too large in '\(key)'")
            }
        }
        return list.value(ofType: elementType)
    }

    /// The least bytes of an element of a list; a list of lists is nothing that a model needs.
    private static let sizes: [UInt32: Int] = [
        0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 8: 8, 10: 8, 11: 8, 12: 8,
    ]

    private mutating func scalar(_ type: UInt32, of key: String) throws(ModelFileError) -> GGUFValue {
        switch type {
        case 0: return .integer(Int64(try integer(UInt8.self)))
        case 1: return .integer(Int64(try integer(Int8.self)))
        case 2: return .integer(Int64(try integer(UInt16.self)))
        case 3: return .integer(Int64(try integer(Int16.self)))
        case 4: return .integer(Int64(try integer(UInt32.self)))
        case 5: return .integer(Int64(try integer(Int32.self)))
        case 6: return .number(Double(Float(bitPattern: try integer(UInt32.self))))
        case 7:
            let byte = try integer(UInt8.self)
            guard byte <= 1 else { throw file.error("has a truth value of \(byte) in '\(key)'") }
            return .bool(byte == 1)
        case 8: return .string(try text())
        case 10:
            let value = try integer(UInt64.self)
            return Int64(exactly: value).map { .integer($0) } ?? .unsigned(value)
        case 11: return .integer(try integer(Int64.self))
        case 12: return .number(Double(bitPattern: try integer(UInt64.self)))
        default: throw file.error("has the unknown type \(type) in '\(key)'")
        }
    }
}

/// The elements of a list as they come, all of one type.
private struct GGUFList {
    private var integers: [Int64] = []
    private var numbers: [Double] = []
    private var bools: [Bool] = []
    private var strings: [String] = []

    init(reserving count: Int) { strings.reserveCapacity(min(count, 1 << 19)) }

    /// Takes an element; false when it is beyond what a list holds.
    mutating func append(_ value: GGUFValue) -> Bool {
        switch value {
        case .integer(let value): integers.append(value)
        case .number(let value): numbers.append(value)
        case .bool(let value): bools.append(value)
        case .string(let value): strings.append(value)
        default: return false
        }
        return true
    }

    func value(ofType type: UInt32) -> GGUFValue {
        switch type {
        case 6, 12: .numbers(numbers)
        case 7: .bools(bools)
        case 8: .strings(strings)
        default: .integers(integers)
        }
    }
}
