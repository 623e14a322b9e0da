import ArgumentParser

/// Small programs that are made up.
struct SyntheticArguments: ParsableArguments {
    @Option(
        name: .customLong("synthetic"),
        help: ArgumentHelp("Make up so many small programs, besides those that are given.", valueName: "n"))
    var count: Int?

    @Option(
        name: .customLong("synthetic-languages"),
        help: ArgumentHelp(
            "The languages of programs that are made up: python, javascript, ruby, lua, perl.", valueName: "names"))
    var languages: String?

    func validate() throws {
        if let count, !(1...10_000_000).contains(count) {
            throw ValidationError("--synthetic takes a number from 1 to 10000000.")
        }
    }
}
