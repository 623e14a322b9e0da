/// A program that every contender runs.
struct Program {
    var name: String
    /// The command, with an absolute path.
    var arguments: [String]
    /// Folders outside the system that it lies in.
    var folders: [String] = []

    /// The programs of the table; the folder holds `hello`, a static C program.
    static func all(helloFolder: String) -> [Program] {
        [
            Program(name: "true", arguments: ["/usr/bin/true"]),
            Program(name: "C hello (static)", arguments: ["\(helloFolder)/hello"], folders: [helloFolder]),
            Program(name: "python3 -c 'print(1)'", arguments: ["/usr/bin/python3", "-c", "print(1)"]),
        ]
    }
}
