import CJansson

extension JSONValue {
    /// Reads one JSON text.
    ///
    /// - Throws: `JSONError` with a line and a column, for what is not JSON, for equal keys in one object, for NUL bytes
    ///   and invalid UTF-8, for whole numbers beyond 64 bits, and for texts beyond the limits.
    public static func parse(_ text: String, limits: JSONLimits = .standard) throws(JSONError) -> JSONValue {
        try parse(Array(text.utf8), limits: limits)
    }

    /// Reads one JSON text from bytes.
    ///
    /// - Throws: As `parse(_:limits:)` for a string.
    public static func parse(_ bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) -> JSONValue {
        guard bytes.count <= limits.bytes else {
            throw JSONError(
                "the text has \(bytes.count) bytes, more than the limit of \(limits.bytes)", line: 1, column: 1)
        }
        let scanned = bytes.withUnsafeBufferPointer { JSONScanner.value(of: $0, depthLimit: limits.depth) }
        if let scanned { return scanned }
        return try parseWithJansson(bytes, limits: limits)
    }

    /// Reads one JSON text by way of jansson's tree: slower, but it knows what is wrong and where.
    static func parseWithJansson(_ bytes: [UInt8], limits: JSONLimits) throws(JSONError) -> JSONValue {
        // Before parsing, so that the error has a place and the recursion below is bounded.
        if let (offset, message) = firstRefusal(in: bytes, depthLimit: limits.depth) {
            let place = JSONLocator.place(of: offset, in: bytes)
            throw JSONError(message, line: place.line, column: place.column)
        }
        var failure = json_error_t()
        let flags = Int(JSON_REJECT_DUPLICATES) | Int(JSON_DECODE_ANY) | Int(JSON_ALLOW_NUL)
        let root = bytes.withUnsafeBytes { buffer in
            json_loadb(
                buffer.baseAddress?.assumingMemoryBound(to: CChar.self) ?? emptyText, buffer.count, flags, &failure)
        }
        guard let root else { throw JSONError(failure) }
        defer { json_decref(root) }
        return try JSONValue(root)
    }

    /// Where the text opens one array or object too many, or holds a NUL byte, over which jansson would pass.
    private static func firstRefusal(in bytes: [UInt8], depthLimit: Int) -> (offset: Int, message: String)? {
        var depth = 0
        var isInString = false
        var isEscaped = false
        for (offset, byte) in bytes.enumerated() {
            if byte == 0 { return (offset, "the text holds a NUL byte") }
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                if depth > depthLimit {
                    return (offset, "arrays and objects are nested deeper than \(depthLimit)")
                }
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
        }
        return nil
    }

    /// Copies a value out of jansson's tree.
    private init(_ node: UnsafeMutablePointer<json_t>) throws(JSONError) {
        switch node.pointee.type {
        case JSON_OBJECT: self = .object(try JSONObject(node))
        case JSON_ARRAY:
            var elements: [JSONValue] = []
            let count = json_array_size(node)
            elements.reserveCapacity(count)
            for index in 0..<count {
                guard let element = json_array_get(node, index) else { continue }
                elements.append(try JSONValue(element))
            }
            self = .array(elements)
        case JSON_STRING: self = .string(String(janssonBytes: json_string_value(node), count: json_string_length(node)))
        case JSON_INTEGER: self = .integer(Int64(json_integer_value(node)))
        case JSON_REAL: self = .number(json_real_value(node))
        case JSON_TRUE: self = .bool(true)
        case JSON_FALSE: self = .bool(false)
        default: self = .null
        }
    }
}

// MARK: -

/// What jansson is given for an empty text: it takes a missing buffer for the caller's mistake.
nonisolated(unsafe) private let emptyText: UnsafePointer<CChar> = {
    let text = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
    text.initialize(to: 0)
    return UnsafePointer(text)
}()

extension String {
    fileprivate init(janssonBytes start: UnsafePointer<CChar>?, count: Int) {
        self = String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
    }
}

extension JSONObject {
    fileprivate init(_ node: UnsafeMutablePointer<json_t>) throws(JSONError) {
        self.init()
        var iterator = json_object_iter(node)
        while let current = iterator {
            let key = String(cString: json_object_iter_key(current))
            // jansson compares bytes; two spellings of one character are one key to Swift, and one would be lost.
            guard self[key] == nil else { throw JSONError("duplicate key \"\(key)\"", line: 1, column: 1) }
            if let value = json_object_iter_value(current) { self[key] = try JSONValue.copy(value) }
            iterator = json_object_iter_next(node, current)
        }
    }
}

extension JSONValue {
    fileprivate static func copy(_ node: UnsafeMutablePointer<json_t>) throws(JSONError) -> JSONValue {
        try JSONValue(node)
    }
}

extension JSONError {
    fileprivate init(_ failure: json_error_t) {
        var message = withUnsafeBytes(of: failure.text) { buffer in
            // jansson's last byte is the error's code, behind the text's own end.
            String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
        }
        let undecodable = "unable to decode byte "
        if message.hasPrefix(undecodable) { message = "invalid UTF-8: byte " + message.dropFirst(undecodable.count) }
        self.init(
            message.isEmpty ? "not JSON" : message, line: max(1, Int(failure.line)), column: max(1, Int(failure.column))
        )
    }
}
