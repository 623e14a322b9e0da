// swift-tools-version: 6.3
import PackageDescription

/// Settings for every Swift target.
///
/// Each line names the proposal that defines it.
let swiftSettings: [SwiftSetting] = [
    // SE-0335: existential types are spelled `any P`.
    .enableUpcomingFeature("ExistentialAny"),
    // SE-0444: a member is visible only where its module is imported.
    .enableUpcomingFeature("MemberImportVisibility"),
    // SE-0409: imports are internal unless said otherwise.
    .enableUpcomingFeature("InternalImportsByDefault"),
    // SE-0461: nonisolated async functions run on the caller's actor.
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// The child side of the sandbox is C; it is compiled as a hardened program.
let hardenedC: [CSetting] = [
    .define("_GNU_SOURCE"),
    .unsafeFlags([
        "-std=c17", "-Wall", "-Wextra", "-Werror", "-O2", "-fstack-protector-strong", "-fstack-clash-protection",
        "-fno-strict-overflow",
    ]),
]

/// Arithmetic is compiled for several vector units, of which a table is chosen at run time.
let arithmeticC: [CSetting] = [
    .unsafeFlags([
        "-std=c17", "-Wall", "-Wextra", "-Werror", "-O2", "-ffp-contract=on", "-fno-math-errno",
        "-fstack-protector-strong",
        "-fstack-clash-protection",
    ])
]

let package = Package(
    name: "retort",
    products: [
        .library(name: "Tasks", targets: ["Tasks"]),
        .library(name: "Sandbox", targets: ["Sandbox"]),
        .library(name: "LanguagePlugins", targets: ["LanguagePlugins"]),
        .library(name: "Rewards", targets: ["Rewards"]),
        .library(name: "Policy", targets: ["Policy"]),
        // What the benchmarks hold against each other.
        .library(name: "CPolicyKernels", targets: ["CPolicyKernels"]),
        .library(name: "COpenBLAS", targets: ["COpenBLAS"]),
        .library(name: "Pipeline", targets: ["Pipeline"]),
        .executable(name: "retort", targets: ["CLI"]),
        .executable(name: "sandbox-launcher", targets: ["sandbox-launcher"]),
        .library(name: "retort-zygote", type: .dynamic, targets: ["CZygote"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // MARK: C
        .systemLibrary(name: "CSeccomp", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),
        .systemLibrary(name: "CCap", pkgConfig: "libcap", providers: [.apt(["libcap-dev"])]),
        .systemLibrary(name: "CJansson", pkgConfig: "jansson", providers: [.apt(["libjansson-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        // The policy multiplies with kernels of its own; this is what tests and benchmarks hold them against.
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .target(name: "CSandbox", dependencies: ["CCap"], cSettings: hardenedC),
        .executableTarget(
            name: "sandbox-launcher",
            dependencies: ["CSandbox"],
            cSettings: hardenedC,
            // A process with no Swift runtime starts in a quarter of the time, and has nothing in it to attack.
            linkerSettings: [.unsafeFlags(["-nostartfiles", "-static-executable"])]
        ),

        // Preloaded into interpreters, so it must bring no runtime along: linked as embedded Swift is, it needs none of ours.
        .target(
            name: "CZygote",
            cSettings: hardenedC + [.headerSearchPath("../CSandbox/include")],
            linkerSettings: [
                .unsafeFlags([
                    "-nostartfiles", "-enable-experimental-feature", "Embedded", "-wmo", "-Xlinker", "-z", "-Xlinker",
                    "now",
                ])
            ]
        ),

        // MARK: Libraries, in the order a rollout meets them
        .target(name: "JSON", dependencies: ["CJansson"], swiftSettings: swiftSettings),
        .target(name: "Tasks", dependencies: ["JSON"], swiftSettings: swiftSettings),
        .target(name: "Sandbox", dependencies: ["CSandbox", "CSeccomp", "CCap"], swiftSettings: swiftSettings),
        .target(name: "LanguagePlugins", dependencies: ["Tasks", "Sandbox", "JSON"], swiftSettings: swiftSettings),
        .target(name: "Tokenization", dependencies: ["JSON"], swiftSettings: swiftSettings),
        .target(
            name: "TaskGeneration",
            dependencies: ["LanguagePlugins", "Tasks", "JSON"],
            resources: [.embedInCode("Prompts")],
            swiftSettings: swiftSettings
        ),
        .target(
            name: "Rewards",
            dependencies: ["Tasks", "JSON"],
            resources: [.embedInCode("Presets")],
            swiftSettings: swiftSettings
        ),
        .target(
            name: "Curation",
            dependencies: ["Tasks"],
            // Its searches are hundreds of times slower unoptimised: the tests run them at the speed of a release.
            swiftSettings: swiftSettings + [.unsafeFlags(["-O"], .when(configuration: .debug))]
        ),
        .target(name: "CPolicyKernels", cSettings: arithmeticC, linkerSettings: [.linkedLibrary("m")]),
        .target(
            name: "Policy",
            dependencies: ["CPolicyKernels", "JSON"],
            // Training a model unoptimised takes a hundred times as long: the tests run it at the speed of a release.
            swiftSettings: swiftSettings + [.unsafeFlags(["-O"], .when(configuration: .debug))]
        ),
        .target(
            name: "Pipeline",
            dependencies: [
                "LanguagePlugins", "TaskGeneration", "Tokenization", "Rewards", "Curation", "Policy", "Sandbox",
                "Tasks",
                "JSON", "CZlib",
            ],
            resources: [.embedInCode("Presets")],
            swiftSettings: swiftSettings
        ),

        // MARK: Front ends
        .target(
            name: "Server",
            dependencies: [
                "Pipeline", "LanguagePlugins", "Rewards", "Sandbox", "Tasks", "JSON",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            resources: [.embedInCode("Pages")],
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "CLI",
            dependencies: [
                "Server", "Pipeline", .product(name: "ArgumentParser", package: "swift-argument-parser"),
                "sandbox-launcher",
            ],
            swiftSettings: swiftSettings
        ),

        // MARK: Tests
        .target(
            name: "TestSupport",
            dependencies: ["Sandbox"],
            path: "Tests/TestSupport",
            swiftSettings: swiftSettings
        ),
        .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: swiftSettings),
        .testTarget(
            name: "TokenizationTests", dependencies: ["Tokenization", "JSON", "TestSupport"],
            swiftSettings: swiftSettings),
        .testTarget(name: "TasksTests", dependencies: ["Tasks", "TestSupport"], swiftSettings: swiftSettings),
        .testTarget(name: "RewardsTests", dependencies: ["Rewards", "TestSupport"], swiftSettings: swiftSettings),
        .testTarget(
            name: "CurationTests",
            dependencies: ["Curation", "TestSupport"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "PolicyTests",
            dependencies: ["Policy", "CPolicyKernels", "COpenBLAS", "JSON", "TestSupport"],
            exclude: ["Fixtures"],
            swiftSettings: swiftSettings + [.unsafeFlags(["-O"], .when(configuration: .debug))]
        ),
        .testTarget(
            name: "SandboxTests",
            dependencies: ["Sandbox", "CSandbox", "TestSupport", "sandbox-launcher"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "SandboxEscapeTests",
            dependencies: ["Sandbox", "TestSupport", "sandbox-launcher"],
            exclude: ["Attacks"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "LanguagePluginsTests",
            dependencies: ["LanguagePlugins", "TestSupport", "sandbox-launcher"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "TaskGenerationTests",
            dependencies: ["TaskGeneration", "TestSupport", "sandbox-launcher"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "PipelineTests",
            dependencies: ["Pipeline", "TestSupport", "sandbox-launcher"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "ServerTests",
            dependencies: ["Server", "Pipeline", "Tasks", "JSON", "TestSupport", "sandbox-launcher"],
            swiftSettings: swiftSettings
        ),
        .testTarget(name: "CLITests", dependencies: ["TestSupport", "CLI"], swiftSettings: swiftSettings),
    ],
    swiftLanguageModes: [.v6]
)
