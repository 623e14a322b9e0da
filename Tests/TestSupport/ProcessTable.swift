import Glibc

/// The processes of the host, as `/proc` shows them at one moment.
public struct ProcessTable: Sendable {
    /// One process.
    public struct Process: Sendable, Hashable, CustomStringConvertible {
        /// Its number.
        public var id: Int32
        /// The number of its parent.
        public var parent: Int32
        /// Its name, which it can change.
        public var name: String
        /// Its state: `R`, `S`, `D`, `T`, `Z`.
        public var state: String

        /// The number, the name and the state.
        public var description: String { "process \(id) (\(name), state \(state), child of \(parent))" }
    }

    /// All processes by number.
    public var processes: [Int32: Process]

    /// Reads the table.
    public static func observe() -> ProcessTable {
        var processes: [Int32: Process] = [:]
        for entry in HostFile.names("/proc") {
            guard let id = Int32(entry), let text = HostFile.text("/proc/\(id)/stat") else { continue }
            // The name is in parentheses and may hold any character, so the last parenthesis ends it.
            guard let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")") else { continue }
            let fields = text[text.index(after: close)...].split(separator: " ")
            guard fields.count > 1, let parent = Int32(fields[1]) else { continue }
            let name = String(text[text.index(after: open)..<close])
            processes[id] = Process(id: id, parent: parent, name: name, state: String(fields[0]))
        }
        return ProcessTable(processes: processes)
    }

    /// All processes below one, itself left out.
    public func descendants(of ancestor: Int32) -> [Process] {
        var children: [Int32: [Process]] = [:]
        for process in processes.values { children[process.parent, default: []].append(process) }
        var found: [Process] = []
        var open = [ancestor]
        while let next = open.popLast() {
            let below = children[next] ?? []
            found += below
            open += below.map(\.id)
        }
        return found
    }

    /// The processes that have a variable with this name and value in the environment they were started with.
    public func withEnvironment(_ entry: String) -> [Process] {
        processes.values.filter { process in
            HostFile.text("/proc/\(process.id)/environ")?.split(separator: "\0").contains(Substring(entry)) ?? false
        }
    }
}
