import Glibc

/// What a conformance run leaves on the host for programs to reach, and sees whether one did: a port and some paths.
final class HostWitness: Sendable {
    /// The port on 127.0.0.1 that somebody listens on.
    let port: UInt16
    /// Files that are not there and must not be there afterwards, in folders of the host.
    let paths: [String]
    private let listener: Int32

    /// Starts to listen.
    ///
    /// - Throws: `PluginError` when the host has no port to spare.
    init() throws(PluginError) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutableBytes(of: &address) { bytes in
            guard let place = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return false }
            return bind(listener, place, size) == 0 && listen(listener, 16) == 0
                && getsockname(listener, place, &size) == 0
        }
        guard listener >= 0, isListening else {
            if listener >= 0 { close(listener) }
            throw PluginError(.sandbox, "no port to listen on: \(String(cString: strerror(errno)))")
        }
        self.listener = listener
        port = UInt16(bigEndian: address.sin_port)
        let name = "retort-conformance-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        paths = ["/usr", "/etc", "/var/tmp"].map { "\($0)/\(name)" }
    }

    deinit { close(listener) }

    /// What a program reached that it must not; nil when nothing was.
    func breach() -> String? {
        let connection = accept(listener, nil, nil)
        if connection >= 0 {
            close(connection)
            return "it reached port \(port) of the host"
        }
        return paths.first(where: HostFolder.exists).map { "it left \($0) on the host" }
    }
}
