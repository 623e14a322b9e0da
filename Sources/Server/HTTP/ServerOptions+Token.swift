public import Pipeline

extension ServerOptions {
    /// The token that a file holds, without the space around it.
    ///
    /// - Throws: `PipelineError` for a file that cannot be read, and for a token that is none or too short to be one.
    public static func token(in path: String) throws(PipelineError) -> [UInt8] {
        let bytes = try ReadableFile(path).bytes(limit: 4096)
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        let token = Array(bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
        guard token.count >= 16, token.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw PipelineError(
                .user, "'\(path)' holds no token: 16 or more visible characters on one line",
                hint: "make one with 'openssl rand -hex 32'")
        }
        return token
    }
}
