/// How often a program and its input are changed before they are run, by kind.
public struct AugmentationOptions: Sendable, Hashable {
    /// The chance of each kind of edit of the program; corrupting kinds are drawn by `errorShare` alone.
    public var probabilities: [EditKind: Double]
    /// The chance that characters of standard input become others.
    public var stdinCharacters = 0.1
    /// The chance that arguments of a call become others.
    public var arguments = 0.1
    /// The share of tasks whose program is to be made to fail.
    public var errorShare = 0.1
    /// How often each kind of error is wanted among those.
    public var errorMix: [EditKind: Double]
    /// How often an edit that does not run is tried anew before the program stands as it is.
    public var retries = 2

    /// Makes the usual options: each kind with a tenth, all errors alike.
    public init() {
        probabilities = [:]
        errorMix = [:]
        for kind in EditKind.allCases {
            if kind.effect == .corrupting { errorMix[kind] = 1 } else { probabilities[kind] = 0.1 }
        }
    }

    /// Options that change nothing.
    public static var none: AugmentationOptions {
        var options = AugmentationOptions()
        options.probabilities = [:]
        options.stdinCharacters = 0
        options.arguments = 0
        options.errorShare = 0
        return options
    }
}
