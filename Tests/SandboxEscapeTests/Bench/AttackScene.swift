import Glibc
import TestSupport

/// What the attacks aim at: a secret on the host, listening sockets, the test process itself.
struct AttackScene: Sendable {
    /// The words that no output may hold.
    let secret: String
    /// The file that holds them.
    let secretFile: String
    /// The port of the host's loopback on which the test listens.
    let port: UInt16
    /// The abstract socket on which the test listens.
    let abstractSocket: String
    /// What every run has in its environment, so that its processes can be found.
    let mark: String

    /// One scene for the whole test process.
    static let shared = AttackScene()

    private init() {
        let own = "\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
        secret = "secret-\(own)"
        mark = "RETORT_ESCAPE_MARK=\(own)"
        secretFile = "/tmp/answers-\(own)"
        abstractSocket = "retort-escape-\(own)"
        // Readable by everybody: what keeps a run out must be the box.
        let file = open(secretFile, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o644)
        _ = secret.withCString { write(file, $0, strlen($0)) }
        close(file)
        AttackScene.removeAtExit = secretFile
        atexit {
            if let path = AttackScene.removeAtExit { unlink(path) }
        }
        port = AttackScene.listenOnLoopback()
        AttackScene.listen(onAbstract: abstractSocket)
    }

    // Written once, before any run; read at exit.
    private nonisolated(unsafe) static var removeAtExit: String?

    /// A text with its placeholders filled in.
    func fill(_ text: String) -> String {
        let values = [
            "{judge}": "\(getpid())", "{secret-file}": secretFile, "{port}": "\(port)",
            "{abstract-socket}": abstractSocket, "{package}": PackageRoot.path,
        ]
        var result = text
        for (name, value) in values {
            while let range = result.firstRange(of: name) { result.replaceSubrange(range, with: value) }
        }
        return result
    }

    // MARK: - Listening

    private static func listenOnLoopback() -> UInt16 {
        let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                guard bind(server, generic, length) == 0, Glibc.listen(server, 64) == 0 else { return }
                getsockname(server, generic, &length)
            }
            return UInt16(bigEndian: pointer.pointee.sin_port)
        }
    }

    private static func listen(onAbstract name: String) {
        let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { path in
            for (index, byte) in name.utf8.enumerated() { path[index + 1] = byte }
        }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + 1 + name.utf8.count)
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                if bind(server, generic, length) == 0 { _ = Glibc.listen(server, 64) }
            }
        }
    }
}
