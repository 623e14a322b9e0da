import Synchronization

/// The programs that compile and run a language on this host.
final class Toolchain: Sendable {
    /// Where a toolchain is.
    struct Place: Sendable, Hashable {
        /// The program as commands should call it.
        var program: String
        /// The folder that the toolchain is installed in.
        var root: String
    }

    /// What looking for it found.
    enum State: Sendable, Hashable {
        case found(Place)
        case missing(String)
    }

    /// What looking for it found.
    let state: State
    private let versionCommand: [CommandTemplate]
    private let known = Mutex<String?>(nil)

    init(_ description: ToolchainDescription) {
        state = ToolchainProbe.find(description.program)
        versionCommand = description.version
    }

    /// Where it is; nil when it is missing.
    var place: Place? {
        if case .found(let place) = state { place } else { nil }
    }

    /// The first line of what it prints about itself; asked for once.
    var version: String {
        guard let place else { return "" }
        return known.withLock { known in
            if let known { return known }
            let command = versionCommand.map { $0.filled([.program: place.program, .toolchain: place.root]) }
            let output = HostProcess.output(of: command) ?? ""
            let line = output.split(whereSeparator: \.isNewline).first.map(String.init) ?? "unknown version"
            known = line
            return line
        }
    }
}
