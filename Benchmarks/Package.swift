// swift-tools-version: 6.2
import PackageDescription

// Measures the package in the folder above. A package of its own, so that no user of the product builds it.

let isStrict = Context.environment["DIGITS_WARNINGS_AS_ERRORS"] != nil

let package = Package(
    name: "digits-benchmarks",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "digits-benchmark", targets: ["DigitsBenchmark"])
    ],
    dependencies: [
        .package(name: "digits", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
    ],
    targets: [
        .target(
            name: "CMachinePeak",
            cSettings: [.enableWarning("all"), .enableWarning("extra")]
                + (isStrict ? [.treatAllWarnings(as: .error)] : [])),
        .executableTarget(
            name: "DigitsBenchmark",
            dependencies: [
                "CMachinePeak",
                .product(name: "CDigitKernels", package: "digits"),
                .product(name: "DigitRecognition", package: "digits"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("InternalImportsByDefault"),
            ] + (isStrict ? [.treatAllWarnings(as: .error)] : [])),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c17
)
