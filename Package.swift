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
        .library(name: "Assessment", targets: ["Assessment"]),
        .library(name: "Explanations", targets: ["Explanations"]),
        .library(name: "ModelReports", targets: ["ModelReports"]),
        .library(name: "ReadingReports", targets: ["ReadingReports"]),
        .library(name: "TrainingRuns", targets: ["TrainingRuns"]),
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
            name: "CZlib", path: "Sources/System/CZlib", pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(
            name: "CLibcrypto", path: "Sources/System/CLibcrypto", pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),

        // The engine.
        .target(name: "CDigitKernels", cSettings: cSettings),
        .target(
            name: "Compute", dependencies: ["CDigitKernels", "Files"], swiftSettings: swiftSettings),
        .target(
            name: "NeuralNetworks", dependencies: ["CDigitKernels", "Compute"], swiftSettings: swiftSettings),
        .target(
            name: "Training",
            dependencies: [
                "CDigitKernels", "Compute", "FoundationBasics", "Imaging", "NeuralNetworks", "PlainText",
            ],
            swiftSettings: swiftSettings),

        // Images.
        .target(
            name: "CImageCodecs", path: "Sources/System/CImageCodecs", cSettings: cSettings,
            linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(
            name: "Imaging", dependencies: ["CDigitKernels", "CImageCodecs", "Compute", "PlainText"],
            swiftSettings: swiftSettings),
        .target(name: "SyntheticDigits", dependencies: ["Compute", "Imaging"], swiftSettings: swiftSettings),
        .target(name: "PictureReading", dependencies: ["Compute", "Imaging"], swiftSettings: swiftSettings),
        .target(
            name: "ReaderTraining",
            dependencies: [
                "Compute", "Imaging", "NeuralNetworks", "PictureReading", "SyntheticDigits", "Training",
            ],
            swiftSettings: swiftSettings),

        // Judging results.
        .target(name: "Evaluation", dependencies: ["Compute"], swiftSettings: swiftSettings),

        // Data and files.
        .target(name: "FoundationBasics", swiftSettings: swiftSettings),
        .target(name: "PlainText", swiftSettings: swiftSettings),
        .target(
            name: "CCurl", path: "Sources/System/CCurl", cSettings: cSettings,
            linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(name: "Files", swiftSettings: swiftSettings),
        .target(
            name: "Datasets",
            dependencies: [
                "CCurl", "CLibcrypto", "CZlib", "Compute", "Files", "FoundationBasics", "Imaging",
                "PlainText", "SyntheticDigits",
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "ModelFormats",
            dependencies: [
                "CZlib", "Compute", "Files", "FoundationBasics", "Imaging", "NeuralNetworks",
                "PlainText", "Training",
            ],
            swiftSettings: swiftSettings),

        // Drawing.
        .target(
            name: "CCairo", path: "Sources/System/CCairo", cSettings: cSettings,
            linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(
            name: "Figures",
            dependencies: ["CCairo", "CZlib", "Files", "FoundationBasics", "Imaging", "PlainText"],
            swiftSettings: swiftSettings),
        .target(
            name: "ReportPages", dependencies: ["Figures", "PlainText"], swiftSettings: swiftSettings),

        // What users meet.
        .target(name: "CPretrainedModels", exclude: ["models"], cSettings: cSettings),
        .target(
            name: "DigitRecognition",
            dependencies: [
                "CPretrainedModels", "Compute", "Datasets", "Imaging", "ModelFormats",
                "NeuralNetworks", "PictureReading", "PlainText", "ReaderTraining", "Training",
            ],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "ReaderTools",
            dependencies: [
                "Compute", "Datasets", "DigitRecognition", "Evaluation", "Figures", "Imaging", "ModelFormats",
                "ModelReports", "NeuralNetworks", "PictureReading", "ReaderTraining", "SyntheticDigits",
                "Training",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "Explanations",
            dependencies: ["Compute", "DigitRecognition", "Imaging", "NeuralNetworks"],
            swiftSettings: swiftSettings),
        .target(
            name: "Assessment",
            dependencies: [
                "Compute", "Datasets", "DigitRecognition", "Evaluation", "Imaging", "NeuralNetworks",
                "PictureReading", "SyntheticDigits",
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "TerminalGraphics",
            dependencies: ["Evaluation", "Figures", "FoundationBasics", "Imaging", "PlainText"],
            swiftSettings: swiftSettings),
        .target(
            name: "ModelReports",
            dependencies: [
                "Assessment", "Datasets", "DigitRecognition", "Evaluation", "Explanations", "Figures",
                "Files", "FoundationBasics", "Imaging", "PlainText", "ReportPages", "TerminalGraphics",
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "ReadingReports",
            dependencies: [
                "Compute", "DigitRecognition", "Explanations", "Figures", "Imaging", "NeuralNetworks",
                "PictureReading", "PlainText", "ReportPages",
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "TrainingRuns",
            dependencies: [
                "Assessment", "Datasets", "DigitRecognition", "Figures", "Files", "ModelReports", "PlainText",
            ],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "DigitsCommand",
            dependencies: [
                "Assessment", "Datasets", "DigitRecognition", "Evaluation", "Explanations", "Figures",
                "Files", "FoundationBasics", "Imaging", "ModelReports", "PlainText", "ReadingReports",
                "TerminalGraphics", "TrainingRuns",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swiftSettings),

        // Tests.
        .target(name: "AllocationCounter", path: "Tests/AllocationCounter", cSettings: cSettings),
        .target(
            name: "TestSupport", dependencies: ["AllocationCounter"], path: "Tests/TestSupport",
            swiftSettings: swiftSettings),
        .testTarget(
            name: "TestSupportTests", dependencies: ["TestSupport"], swiftSettings: swiftSettings),
        .target(
            name: "DataTestSupport", dependencies: ["Datasets", "Imaging"], path: "Tests/DataTestSupport",
            swiftSettings: swiftSettings),
        .target(
            name: "NetworkTestSupport",
            dependencies: ["Compute", "ModelFormats", "NeuralNetworks", "TestSupport"],
            path: "Tests/NetworkTestSupport", swiftSettings: swiftSettings),
        .target(name: "WideKernels", dependencies: ["CDigitKernels"], path: "Tests/WideKernels"),
        .testTarget(
            name: "ComputeTests",
            dependencies: ["CDigitKernels", "Compute", "TestSupport", "WideKernels"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "NeuralNetworksTests",
            dependencies: ["Compute", "NetworkTestSupport", "NeuralNetworks", "TestSupport", "Training"],
            resources: [.copy("Golden")], swiftSettings: swiftSettings),
        .testTarget(
            name: "TrainingTests",
            dependencies: [
                "Compute", "Imaging", "NetworkTestSupport", "NeuralNetworks", "PlainText", "TestSupport",
                "Training",
            ],
            resources: [.copy("Golden")], swiftSettings: swiftSettings),
        .testTarget(
            name: "ImagingTests", dependencies: ["Compute", "Imaging", "TestSupport"],
            resources: [.copy("Golden")], swiftSettings: swiftSettings),
        .testTarget(
            name: "SyntheticDigitsTests", dependencies: ["Imaging", "SyntheticDigits", "TestSupport"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "PictureReadingTests",
            dependencies: [
                "Compute", "DigitRecognition", "Imaging", "PictureReading", "SyntheticDigits", "TestSupport",
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "ReaderTrainingTests",
            dependencies: ["Compute", "Imaging", "PictureReading", "ReaderTraining", "SyntheticDigits"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "EvaluationTests", dependencies: ["Evaluation", "TestSupport"],
            resources: [.copy("Golden")], swiftSettings: swiftSettings),
        .testTarget(
            name: "FilesTests", dependencies: ["Files", "TestSupport"], swiftSettings: swiftSettings),
        .testTarget(
            name: "DatasetsTests",
            dependencies: ["CZlib", "DataTestSupport", "Datasets", "Imaging", "TestSupport"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "ModelFormatsTests",
            dependencies: [
                "Compute", "Files", "Imaging", "ModelFormats", "NetworkTestSupport", "NeuralNetworks",
                "TestSupport", "Training",
            ],
            resources: [.copy("Fixtures")], swiftSettings: swiftSettings),
        .testTarget(
            name: "DigitRecognitionTests",
            dependencies: [
                "Compute", "DataTestSupport", "DigitRecognition", "Imaging", "NetworkTestSupport",
                "NeuralNetworks", "PictureReading", "ReaderTraining", "SyntheticDigits", "TestSupport",
                "Training",
            ],
            resources: [.copy("Golden")], swiftSettings: swiftSettings),
        .testTarget(
            name: "ExplanationsTests",
            dependencies: [
                "DataTestSupport", "DigitRecognition", "Explanations", "NetworkTestSupport", "TestSupport",
            ],
            resources: [.copy("Golden")], swiftSettings: swiftSettings),
        .testTarget(
            name: "AssessmentTests",
            dependencies: [
                "Assessment", "DataTestSupport", "DigitRecognition", "Evaluation", "Explanations",
                "PictureReading",
                "TestSupport", "Training",
            ],
            resources: [.copy("Golden")], swiftSettings: swiftSettings),
        .testTarget(
            name: "PlainTextTests", dependencies: ["PlainText"], swiftSettings: swiftSettings),
        .testTarget(
            name: "TerminalGraphicsTests",
            dependencies: ["Evaluation", "Figures", "Imaging", "PlainText", "TerminalGraphics"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "ModelReportsTests",
            dependencies: [
                "DataTestSupport", "DigitRecognition", "Evaluation", "Figures", "ModelReports", "ReportPages",
                "TestSupport",
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "ReadingReportsTests",
            dependencies: [
                "DigitRecognition", "Figures", "Imaging", "ReadingReports", "ReportPages", "TestSupport",
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "TrainingRunsTests",
            dependencies: [
                "Assessment", "Datasets", "DigitRecognition", "Files", "Imaging", "NetworkTestSupport",
                "TestSupport", "TrainingRuns",
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "DigitsCommandTests",
            dependencies: [
                "DataTestSupport", "Datasets", "DigitRecognition", "DigitsCommand", "TerminalGraphics",
                "TestSupport",
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "FiguresTests", dependencies: ["CCairo", "CZlib", "Figures", "Files", "TestSupport"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "ReportPagesTests", dependencies: ["Figures", "ReportPages", "TestSupport"],
            swiftSettings: swiftSettings),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c17
)
