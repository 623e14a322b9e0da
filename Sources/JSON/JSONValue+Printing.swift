extension JSONValue {
    /// The value as JSON text: keys in their order, doubles in the shortest form that reads back the same.
    ///
    /// Numbers that JSON cannot say (infinities, not-a-number) are printed as `null`.
    public func serialized(pretty: Bool = false) -> String {
        String(decoding: serializedBytes(pretty: pretty), as: UTF8.self)
    }

    /// The value as the bytes of a JSON text.
    public func serializedBytes(pretty: Bool = false) -> [UInt8] {
        var writer = JSONWriter(pretty: pretty)
        writer.write(self)
        return writer.bytes
    }
}
