import Glibc
import Pipeline
import TestSupport

@testable import Server

/// A server on a Unix socket of its own, for the length of a test.
enum RunningServer {
    /// Starts a server, does something with it, and ends it.
    static func with<Value: Sendable>(
        token: String? = nil, change: (inout ServiceOptions) -> Void = { _ in },
        place: (inout ServerOptions) -> Void = { _ in },
        _ body: (WireClient, ScoringService) async throws -> Value
    ) async throws -> Value {
        var behaviour = ServiceOptions(root: .init(pluginFolders: [PackageRoot.path + "/plugins"], jobs: 2))
        change(&behaviour)
        let service = try ScoringService(behaviour)
        defer { service.shutdown() }
        // A name of a socket has at most 107 bytes.
        var template = Array("/tmp/retort-server.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw PipelineError(.user, "no folder for a socket") }
        let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        var options = ServerOptions()
        options.unixSocket = folder + "/socket"
        options.token = token.map { Array($0.utf8) }
        place(&options)
        let server = try HTTPServer(service, options: options)
        let (listening, source) = AsyncStream<String>.makeStream()
        let running = Task { try await server.run { source.yield($0) } }
        defer {
            running.cancel()
            unlink(folder + "/socket")
            rmdir(folder)
        }
        for await _ in listening { break }
        return try await body(WireClient(path: folder + "/socket"), service)
    }
}
