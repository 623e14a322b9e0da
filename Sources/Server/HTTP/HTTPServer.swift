import Glibc
import HTTPTypes
import Hummingbird
import HummingbirdCore
import JSON
import Logging
import NIOCore
public import Pipeline
import ServiceLifecycle
import UnixSignals

/// Answers requests over HTTP, on an address or a Unix socket.
public struct HTTPServer: Sendable {
    /// By which a client says who it is, so that all its connections share its turns.
    private static let clientField = HTTPField.Name("X-Retort-Client")

    private let service: ScoringService
    private let options: ServerOptions

    /// Makes a server.
    ///
    /// - Throws: `PipelineError` when the address can be reached from elsewhere and there is no token.
    public init(_ service: ScoringService, options: ServerOptions) throws(PipelineError) {
        guard options.isLocal || options.token != nil else {
            throw PipelineError(
                .user, "'\(options.host)' can be reached from other machines, and there is no token",
                hint: "name a file with --token-file, or listen on 127.0.0.1")
        }
        self.service = service
        self.options = options
    }

    /// Answers until it is asked to end by SIGTERM or SIGINT; then what is under way is answered and no more begun.
    ///
    /// - Parameter onListening: Told the address as a URL.
    /// - Throws: `PipelineError` when nobody can listen there.
    public func run(onListening: @escaping @Sendable (String) -> Void) async throws(PipelineError) {
        let address: BindAddress =
            if let path = options.unixSocket { .unixDomainSocket(path: path) } else {
                .hostname(options.host, port: options.port)
            }
        var logger = Logger(label: "retort") { _ in StreamLogHandler.standardError(label: "retort") }
        logger.logLevel = .critical
        let application = Application(
            router: router(),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [DepartureHandler()],
                    idleTimeout: .init(options.idleTime))),
            configuration: .init(
                address: address, backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(options.connections, logger: logger)),
            onServerRunning: { channel in
                if let path = options.unixSocket {
                    chmod(path, 0o600)
                    onListening("unix://\(path)")
                } else {
                    let host = options.host.contains(":") ? "[\(options.host)]" : options.host
                    onListening("http://\(host):\(channel.localAddress?.port ?? options.port)")
                }
            },
            logger: logger)
        var configuration = ServiceGroupConfiguration(
            services: [.init(service: DrainingService(service: service)), .init(service: application)],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = options.grace
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch let error as IOError {
            let place = options.unixSocket ?? "\(options.host):\(options.port)"
            throw PipelineError(
                .user, "cannot listen on \(place): \(String(cString: strerror(error.errnoCode)))",
                hint: "name another address")
        } catch is CancellationError {
            // The time for ending was over: what still ran was called off.
        } catch {
            throw PipelineError(.user, "the server ended: \(error)")
        }
        if let path = options.unixSocket { unlink(path) }
    }

    // MARK: -

    private func router() -> Router<HTTPContext> {
        let router = Router(context: HTTPContext.self)
        let routes = HTTPRoutes(service: service).all
        let methods = Dictionary(grouping: routes, by: \.path).mapValues { $0.map(\.method.rawValue) }
        router.add(middleware: ProblemResponder(metrics: service.metrics, methods: methods))
        router.add(
            middleware: Gatekeeper(
                token: options.token, requiresLocalHost: options.token == nil && options.unixSocket == nil))
        let reader = RequestReader(limit: service.options.bytesOfRequest, patience: options.idleTime)
        for route in routes {
            router.on(RouterPath(route.path), method: route.method) { request, context in
                try await answer(route, to: request, context: context, reader: reader)
            }
        }
        return router
    }

    private func answer(
        _ route: HTTPRoute, to request: Request, context: HTTPContext, reader: RequestReader
    ) async throws -> Response {
        let body = route.method == .post ? try await reader.json(of: request) : [:]
        let name = Self.clientField.flatMap { request.headers[$0] } ?? context.remoteAddress
        let call = HTTPRoute.Call(
            body: body, client: Client(name),
            wantsLines: request.headers[.accept]?.contains("application/x-ndjson") ?? false)
        let work = Task { () async -> Result<Response, ServiceProblem> in
            do throws(ServiceProblem) {
                return .success(try await route.answer(call))
            } catch {
                return .failure(error)
            }
        }
        let departure = try? await context.channel.pipeline.handler(type: DepartureHandler.self).get()
        departure?.notify { work.cancel() }
        defer { departure?.notify(nil) }
        return try await withTaskCancellationHandler {
            try await work.value.get()
        } onCancel: {
            work.cancel()
        }
    }
}

/// Closes the queue when the server is asked to end.
private struct DrainingService: Service {
    let service: ScoringService

    func run() async throws {
        try await gracefulShutdown()
        service.drain()
    }
}
