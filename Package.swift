// swift-tools-version: 6.2
import PackageDescription

// CI refuses warnings; other people's newer compilers may find some.
let isStrict = Context.environment["DIGITS_WARNINGS_AS_ERRORS"] != nil

let swiftSettings: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ] + (isStrict ? [.treatAllWarnings(as: .error)] : [])

let cSettings: [CSetting] =
    [.enableWarning("all"), .enableWarning("extra")] + (isStrict ? [.treatAllWarnings(as: .error)] : [])

let package = Package(
    name: "digits",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "DigitRecognition", targets: ["DigitRecognition"]),
        .library(name: "Figures", targets: ["Figures"]),
        .library(name: "ReportPages", targets: ["ReportPages"]),
        .executable(name: "digits", targets: ["DigitsCommand"]),
        // For Benchmarks/, which times single kernels; no promise about its contents.
        .library(name: "CDigitKernels", targets: ["CDigitKernels"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0")
    ],
    targets: [
        // Libraries of the system.
        .systemLibrary(
            name: "CZlib", pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(
            name: "CLibcrypto", pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),

        // The engine.
        .target(name: "CDigitKernels", cSettings: cSettings),
        .target(name: "Tensors", dependencies: ["CDigitKernels"], swiftSettings: swiftSettings),
        .target(
            name: "NeuralNetworks", dependencies: ["CDigitKernels", "Tensors"], swiftSettings: swiftSettings),
        .target(
            name: "Training", dependencies: ["CDigitKernels", "NeuralNetworks", "Tensors"],
            swiftSettings: swiftSettings),

        // Pictures.
        .target(name: "Imaging", dependencies: ["CDigitKernels", "Tensors"], swiftSettings: swiftSettings),
        .target(name: "SyntheticDigits", dependencies: ["Tensors"], swiftSettings: swiftSettings),

        // Judging results.
        .target(name: "Evaluation", dependencies: ["Tensors"], swiftSettings: swiftSettings),

        // Data and files.
        .target(name: "FoundationBasics", swiftSettings: swiftSettings),
        .target(
            name: "CCurl", cSettings: cSettings,
            linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(name: "DurableFiles", swiftSettings: swiftSettings),
        .target(
            name: "DigitDatasets",
            dependencies: [
                "CCurl", "CZlib", "CLibcrypto", "DurableFiles", "FoundationBasics", "SyntheticDigits",
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "ModelFormats",
            dependencies: ["CZlib", "DurableFiles", "FoundationBasics", "NeuralNetworks", "Tensors"],
            swiftSettings: swiftSettings),

        // Drawing.
        .target(
            name: "CCairo", cSettings: cSettings,
            linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(
            name: "Figures", dependencies: ["CCairo", "CZlib", "DurableFiles", "FoundationBasics"],
            swiftSettings: swiftSettings),
        .target(
            name: "ReportPages", dependencies: ["Figures", "FoundationBasics"], swiftSettings: swiftSettings),

        // What users meet.
        .target(name: "CPretrainedModels", exclude: ["models"], cSettings: cSettings),
        .target(
            name: "DigitRecognition",
            dependencies: [
                "CPretrainedModels", "DigitDatasets", "Evaluation", "FoundationBasics", "Imaging",
                "ModelFormats", "NeuralNetworks", "Training", "Tensors",
            ],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "DigitsCommand",
            dependencies: [
                "DigitDatasets", "DigitRecognition", "DurableFiles", "Evaluation", "Figures",
                "FoundationBasics", "ReportPages",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swiftSettings),

        // Tests.
        .target(name: "WideKernels", dependencies: ["CDigitKernels"], path: "Tests/WideKernels"),
        .testTarget(
            name: "TensorsTests", dependencies: ["CDigitKernels", "Tensors", "WideKernels"],
            swiftSettings: swiftSettings),
        .target(name: "MarkupTree", path: "Tests/MarkupTree", swiftSettings: swiftSettings),
        .target(name: "AllocationCounter", path: "Tests/AllocationCounter", cSettings: cSettings),
        .testTarget(
            name: "NeuralNetworksTests",
            dependencies: ["AllocationCounter", "ModelFormats", "NeuralNetworks", "Tensors", "Training"],
            resources: [.copy("Golden")], swiftSettings: swiftSettings),
        .testTarget(
            name: "TrainingTests",
            dependencies: ["ModelFormats", "NeuralNetworks", "Tensors", "Training"],
            resources: [.copy("Golden")], swiftSettings: swiftSettings),
        .testTarget(
            name: "ImagingTests", dependencies: ["AllocationCounter", "Imaging", "Tensors"],
            resources: [.copy("Golden")], swiftSettings: swiftSettings),
        .testTarget(
            name: "SyntheticDigitsTests", dependencies: ["SyntheticDigits"], swiftSettings: swiftSettings),
        .testTarget(
            name: "EvaluationTests", dependencies: ["Evaluation"],
            resources: [.copy("Golden")], swiftSettings: swiftSettings),
        .testTarget(
            name: "DurableFilesTests", dependencies: ["DurableFiles"], swiftSettings: swiftSettings),
        .testTarget(
            name: "DigitDatasetsTests", dependencies: ["CZlib", "DigitDatasets"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "ModelFormatsTests",
            dependencies: ["DurableFiles", "ModelFormats", "NeuralNetworks", "Tensors"],
            resources: [.copy("Fixtures")], swiftSettings: swiftSettings),
        .testTarget(
            name: "DigitRecognitionTests", dependencies: ["AllocationCounter", "DigitRecognition"],
            resources: [.copy("Golden")], swiftSettings: swiftSettings),
        .testTarget(
            name: "DigitsCommandTests",
            dependencies: [
                "DigitDatasets", "DigitRecognition", "DigitsCommand", "Evaluation", "FoundationBasics",
                "MarkupTree",
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "FiguresTests", dependencies: ["CCairo", "CZlib", "DurableFiles", "Figures", "MarkupTree"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "ReportPagesTests", dependencies: ["Figures", "MarkupTree", "ReportPages"],
            swiftSettings: swiftSettings),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c17
)
