import ArgumentParser
import Pipeline

/// `retort plugins new`: the skeleton of a language.
struct PluginsNewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract:
            "Write the skeleton of a language: a manifest that explains its fields, and the examples to be written.",
        discussion: """
            JSON has no comments, so the manifest explains itself in members of the name $comment.

            Example:
              retort plugins new ruby --file-extension rb --program /usr/bin/ruby --package ruby
              retort plugins new pascal --file-extension pas --program /usr/bin/fpc --compiled --comment //
            """
    )

    @Argument(help: "The language's name: lower case.")
    var name: String

    @Option(help: ArgumentHelp("The ending of its files; by default its name.", valueName: "ending"))
    var fileExtension: String?

    @Option(help: ArgumentHelp("The program that shows that its toolchain is there.", valueName: "path|name"))
    var program: String?

    @Option(help: ArgumentHelp("The package that brings it.", valueName: "package"))
    var package: String?

    @Flag(help: "Its programs are compiled before they are run.")
    var compiled = false

    @Option(help: ArgumentHelp("What starts a comment.", valueName: "sign"))
    var comment = "#"

    @Option(help: ArgumentHelp("The folder that the language's folder is made in.", valueName: "dir"))
    var directory = "."

    func run() async throws {
        let skeleton = PluginSkeleton(
            name: name, fileExtension: fileExtension ?? name, program: program ?? name, package: package ?? name,
            isCompiled: compiled, comment: comment)
        let folder = try skeleton.write(below: directory)
        try LineSink.standardOutput.write(Array("\(folder)\n".utf8))
        Console.standard.note(
            "next: read \(folder)/README.md, then retort plugins verify --plugins \(directory) \(name)")
    }
}
