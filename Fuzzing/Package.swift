// swift-tools-version: 6.2
import PackageDescription

// Looks for pictures that the package in the folder above cannot bear. A package of its own, so that no user of the product builds it.

let isStrict = Context.environment["DIGITS_WARNINGS_AS_ERRORS"] != nil

let package = Package(
    name: "digits-fuzzing",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "digits-fuzz", targets: ["DigitsFuzz"])
    ],
    dependencies: [
        .package(name: "digits", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
    ],
    targets: [
        .executableTarget(
            name: "DigitsFuzz",
            dependencies: [
                .product(name: "DigitRecognition", package: "digits"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("InternalImportsByDefault"),
            ] + (isStrict ? [.treatAllWarnings(as: .error)] : []))
    ],
    swiftLanguageModes: [.v6]
)
