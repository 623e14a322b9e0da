import JSON
import LanguagePlugins

/// `retort plugins new`: the folder of a language that is still to be described.
public struct PluginSkeleton: Sendable {
    /// The language's name.
    public var name: String
    /// The ending of its files, without the dot.
    public var fileExtension: String
    /// The program that shows that its toolchain is there.
    public var program: String
    /// The package that brings it.
    public var package: String
    /// Whether programs are compiled.
    public var isCompiled: Bool
    /// What starts a comment, for the examples that are still to be written.
    public var comment: String

    /// Describes a skeleton.
    public init(
        name: String, fileExtension: String, program: String, package: String, isCompiled: Bool, comment: String
    ) {
        self.name = name
        self.fileExtension = fileExtension
        self.program = program
        self.package = package
        self.isCompiled = isCompiled
        self.comment = comment
    }

    /// Writes the folder below another.
    ///
    /// - Returns: Where it is.
    /// - Throws: `PipelineError` when it is there already, or a name cannot be one.
    public func write(below parent: String) throws(PipelineError) -> String {
        var contents = ["plugin.json": Array(manifest.utf8), "README.md": Array(readme.utf8)]
        do throws(JSONError) {
            _ = try PluginManifest(JSONSource(manifest, file: "plugin.json"))
        } catch {
            throw PipelineError(
                .user, "these make no plugin: \(error.description)", hint: "see 'retort plugins new --help'")
        }
        for check in ConformanceCheck.allCases where check != .earlyExit {
            let path = "examples/\(check.example(isCompiled: isCompiled)).\(fileExtension)"
            contents[path] = Array("\(comment) \(check.wish)\n".utf8)
        }
        let folder = "\(parent)/\(name)"
        try PluginFiles(contents: contents).write(to: folder)
        return folder
    }

    // MARK: -

    private func quoted(_ text: String) -> String { JSONValue.string(text).serialized() }

    /// JSON has no comments; `$comment` is where JSON Schema keeps them, and every object of a manifest may have one.
    private var manifest: String {
        let compile = """
              "compile": {
                "$comment": "How a program becomes the one file that is run. An argument vector: no shell reads it. A script in this folder, named in files, can do what takes several steps.",
                "command": ["{program}", "-o", "{output}", "{source}"],
                "output": "main",
                "limits": { "cpu_seconds": 30, "wall_seconds": 90, "memory_mb": 1024, "output_kb": 1024 }
              },

            """
        let run = isCompiled ? "[\"./{output}\"]" : "[\"{program}\", \"{source}\"]"
        return """
            {
              "$comment": "plugins/README.md explains every field. Delete what you do not need, and each $comment when you have done what it says.",
              "version": 1,
              "name": \(quoted(name)),
              "aliases": [],
              "source": { "file": \(quoted("main.\(fileExtension)")) },
              "toolchain": {
                "$comment": "program shows that the toolchain is there: an absolute path, or a name that is looked up in PATH. The first line that version prints is shown, and compiled programs are kept by it.",
                "program": \(quoted(program)),
                "version": ["{program}", "--version"],
                "package": \(quoted(package))
              },
              "environment": {},
            \(isCompiled ? compile : "")  "run": {
                "$comment": "limits are what differs from cpu_seconds 5, wall_seconds 15, memory_mb 512, processes 64, stack_mb 64. needs are what the runtime takes for itself: threads, and the MB of address space that it reserves where that is more than its memory. {heap_mb} is three quarters of the memory limit.",
                "command": \(run),
                "limits": {},
                "needs": {}
              },
              "errors": {
                "$comment": "Rules that find type, message and line of an error in one line of stderr: {type} a dotted name, {line} a number, {file} the program's file, {message} and {} anything up to the next text. out_of_memory and process_limit are texts that tell why a run failed.",
                "compile": [],
                "run": [{ "match": ["{file}:{line}: {message}"], "type": "error" }],
                "out_of_memory": [],
                "process_limit": []
              },
              "syntax": {
                "$comment": "How comments and strings are written, which words are no names, and which signs can stand for one another. retort generate changes programs by it.",
                "line_comments": [\(quoted(comment))],
                "strings": ["\\""],
                "keywords": [],
                "operators": { "arithmetic": ["+", "-", "*"], "comparison": ["==", "<", ">"], "boolean": [] }
              },
              "conformance": {
                "$comment": "retort plugins verify \(name) says what is to be written here: a reason for each check that does not apply, and what must be read of the errors of two examples.",
                "without": {}
              }
            }

            """
    }

    private var readme: String {
        var examples: [String] = []
        for check in ConformanceCheck.allCases where check != .earlyExit {
            let line = "| `\(check.example(isCompiled: isCompiled)).\(fileExtension)` | \(check.wish) |"
            if !examples.contains(line) { examples.append(line) }
        }
        return """
            # \(name)

            1. Make `plugin.json` true; every `$comment` says how.
            2. Write the examples, each a program that does what it says:

            | example | the program |
            |---|---|
            \(examples.joined(separator: "\n"))

            3. `retort plugins verify --plugins .. \(name)` until it is green: it says what to change.
            4. `retort plugins add .` installs it for yourself.

            What does not apply, such as threads in a language that has none, is deleted and gets a reason in `conformance.without`.

            """
    }
}
