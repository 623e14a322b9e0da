import CSandbox

/// The bytes of a request, and the descriptors that ride on its first byte.
///
/// csandbox.h has the format.
struct RequestFrame {
    /// What is asked of the launcher.
    enum Kind {
        /// To execute the command.
        case execute
        /// To have the command forked by the zygote of this number.
        case fork(by: Int)
        /// To start the command as the zygote of this number.
        case startZygote(Int)
    }

    var bytes: [UInt8]
    var inputDescriptors: [Int32]

    /// Writes a command in the launcher's format.
    ///
    /// - Throws: `SandboxError` when the command does not fit the format's bounds.
    init(_ command: SandboxCommand, _ kind: Kind) throws(SandboxError) {
        let (letter, zygote) =
            switch kind {
            case .execute: (UInt8(ascii: "R"), 0)
            case .fork(let number): (UInt8(ascii: "R"), number)
            case .startZygote(let number): (UInt8(ascii: "Z"), number)
            }
        try Self.check(command)
        var text: [UInt8] = []
        text.reserveCapacity(1024)
        for argument in command.arguments { text.append(argument) }
        for (name, value) in command.environment.sorted(by: { $0.key < $1.key }) {
            text.append(contentsOf: name.utf8)
            text.append(UInt8(ascii: "="))
            text.append(value)
        }
        text.append(command.workingDirectory)
        for path in command.outputFiles { text.append(path) }
        let strings =
            command.arguments.count + command.environment.count + command.outputFiles.count + 1
        guard text.count(where: { $0 == 0 }) == strings else { throw Self.refusal("a NUL byte cannot be passed on") }
        guard text.count <= Int(CSANDBOX_MAX_STRINGS) else {
            throw Self.refusal("the arguments and the environment are longer than \(CSANDBOX_MAX_STRINGS) bytes")
        }
        let limits = command.limits
        var header = csandbox_request(
            magic: CSANDBOX_MAGIC,
            argument_count: UInt32(command.arguments.count),
            environment_count: UInt32(command.environment.count),
            output_count: UInt32(command.outputFiles.count),
            input_count: UInt32(command.inputFiles.count),
            strings_size: UInt32(text.count),
            zygote: UInt32(zygote),
            flags: command.standardInput.isEmpty ? UInt32(CSANDBOX_REQUEST_NO_INPUT.rawValue) : 0,
            cpu_nanoseconds: limits.cpuTime.nanoseconds,
            wall_nanoseconds: limits.wallTime.nanoseconds,
            memory_bytes: UInt64(max(0, limits.memory)),
            processes: UInt64(max(1, limits.processes)),
            file_size_bytes: UInt64(max(0, limits.fileSize)),
            open_files: UInt64(max(3, limits.openFiles)),
            stack_bytes: UInt64(max(0, limits.stack))
        )
        bytes = []
        bytes.reserveCapacity(256 + text.count + command.inputFiles.reduce(0) { $0 + $1.heldBytes })
        bytes.append(letter)
        inputDescriptors = []
        withUnsafeBytes(of: &header) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: text)
        for file in command.inputFiles { append(file) }
    }

    private mutating func append(_ file: InputFile) {
        let path = Array(file.path.utf8)
        var flags: UInt32 = file.isExecutable ? UInt32(CSANDBOX_INPUT_EXECUTABLE.rawValue) : 0
        var number: UInt64 = 0
        switch file.content {
        case .bytes: break
        case .file(let descriptor, _):
            flags |= UInt32(CSANDBOX_INPUT_DESCRIPTOR.rawValue)
            inputDescriptors.append(descriptor)
        case .kept(let kept):
            flags |= UInt32(CSANDBOX_INPUT_DESCRIPTOR.rawValue)
            inputDescriptors.append(kept.descriptor)
            number = kept.number
        }
        var header = csandbox_input(
            size: UInt64(file.size), number: number, path_length: UInt32(path.count), flags: flags)
        withUnsafeBytes(of: &header) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: path)
        if case .bytes(let content) = file.content { bytes.append(contentsOf: content) }
    }

    private static func check(_ command: SandboxCommand) throws(SandboxError) {
        guard let name = command.arguments.first, !name.isEmpty, name.utf8.count < 512 else {
            throw refusal("a command wants a name of 1 to 511 bytes")
        }
        guard command.arguments.count <= Int(CSANDBOX_MAX_ARGUMENTS),
            command.environment.count <= Int(CSANDBOX_MAX_ARGUMENTS),
            command.inputFiles.count <= Int(CSANDBOX_MAX_INPUTS),
            command.outputFiles.count <= Int(CSANDBOX_MAX_OUTPUTS)
        else { throw refusal("too many arguments, variables or files") }
        guard
            command.workingDirectory.isEmpty
                || !command.workingDirectory.split(separator: "/").contains("..")
                    && !command.workingDirectory.hasPrefix("/")
        else { throw refusal("the working folder lies outside the box") }
        for file in command.inputFiles where !isPlain(file.path) {
            throw refusal("the input path \(file.path) is not a plain relative path")
        }
        let size = command.inputFiles.reduce(0) { $0 + ($1.size + 4095) / 4096 * 4096 }
        guard size <= command.limits.disk else {
            throw refusal("the input files have \(size) bytes and the disk limit is \(command.limits.disk)")
        }
    }

    private static func isPlain(_ path: String) -> Bool {
        path.utf8.count < 4096 && !path.utf8.contains(0)
            && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
                !$0.isEmpty && $0 != "." && $0 != ".." && $0.utf8.count <= 255
            }
    }

    private static func refusal(_ message: String) -> SandboxError {
        SandboxError(stage: "request", errno: 0, message: message)
    }
}

extension InputFile {
    /// The bytes that a request has to hold for it.
    fileprivate var heldBytes: Int {
        guard case .bytes(let bytes) = content else { return 64 + path.utf8.count }
        return 64 + path.utf8.count + bytes.count
    }
}

extension [UInt8] {
    /// Appends a text and the NUL that ends it.
    fileprivate mutating func append(_ text: String) {
        append(contentsOf: text.utf8)
        append(0)
    }
}

extension Duration {
    /// Whole nanoseconds, at least 0 and at most what 64 bits hold.
    var nanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let (product, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max : product &+ UInt64(attoseconds / 1_000_000_000)
    }
}
