// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "retort-benchmarks",
    dependencies: [.package(name: "retort", path: "..")],
    targets: [
        .target(name: "CSpawn"),
        .executableTarget(
            name: "sandbox-bench",
            dependencies: ["CSpawn", .product(name: "Sandbox", package: "retort")],
            path: "Sources/SandboxBench",
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("InternalImportsByDefault"), .treatAllWarnings(as: .error),
            ]
        ),
        .executableTarget(
            name: "engine-bench",
            dependencies: [
                "CSpawn", .product(name: "Sandbox", package: "retort"),
                .product(name: "LanguagePlugins", package: "retort"), .product(name: "Tasks", package: "retort"),
            ],
            path: "Sources/EngineBench",
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("InternalImportsByDefault"), .treatAllWarnings(as: .error),
            ]
        ),
        .executableTarget(
            name: "policy-bench",
            dependencies: [
                .product(name: "Policy", package: "retort"), .product(name: "CPolicyKernels", package: "retort"),
                .product(name: "COpenBLAS", package: "retort"),
            ],
            path: "Sources/PolicyBench",
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("InternalImportsByDefault"), .treatAllWarnings(as: .error),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
