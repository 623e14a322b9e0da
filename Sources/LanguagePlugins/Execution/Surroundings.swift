/// What a program cannot know and must not depend on: where it stands, what time it is there, how its hashes are seeded.
public enum Surroundings: Sendable, Hashable {
    /// Those of every run that is judged.
    case usual
    /// A folder further down, a day and two hours away, and whatever else the manifest can make different.
    case other

    /// The folder that programs start in, in the namespaces of a box.
    static let home = "/box"

    /// The folder that the program starts in, below the working folder.
    var folder: String { self == .usual ? "" : "elsewhere" }

    /// Variables that take the place of the usual ones.
    ///
    /// The zone is 13 hours east; the usual one is UTC. POSIX counts hours to the west.
    var environment: [String: String] { self == .usual ? [:] : ["TZ": "ELSEWHERE-13"] }
}
