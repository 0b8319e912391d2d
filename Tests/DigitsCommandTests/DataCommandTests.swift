import Foundation
import TestSupport
import Testing

/// `digits data` without a network.
@Suite struct DataCommandTests {
    @Test func whereFailsOnAFreshMachineAndSaysWhatToType() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(["data", "where"])
        #expect(result.exitCode == 1)
        #expect(result.output == "")
        let cache = command.directory.appending(path: "cache/digits/mnist").path
        #expect(
            result.errors
                == "digits: error: MNIST is not on this machine; it would be in \(cache). 'digits data fetch' gets it.\n"
        )
        #expect(try command.files() == [])
    }

    @Test func verifyFailsOnAFreshMachineAndRepeatsTheOptions() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(["data", "verify", "--dataset", "kmnist"])
        #expect(result.exitCode == 1)
        #expect(result.errors.hasSuffix("'digits data fetch --dataset kmnist' gets it.\n"))
    }

    @Test func aFolderWithoutTheFilesIsRefusedByName() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(["data", "where", "--data", "nowhere"])
        #expect(result.exitCode == 1)
        #expect(result.errors.contains("nowhere lacks train-images-idx3-ubyte.gz"))
        #expect(!result.errors.contains("DIGITS_DATA"))
    }

    @Test func aFolderFromTheEnvironmentIsSaidToComeFromThere() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(["data", "where"], environment: ["DIGITS_DATA": "nowhere"])
        #expect(result.exitCode == 1)
        #expect(
            result.errors.hasSuffix(
                "\nThe folder was named by the environment variable DIGITS_DATA; --data names another, and without "
                    + "either the cache and the network are used.\n"))
    }

    /// A pipe in place of a file: reading it would wait for ever.
    @Test func aPipeInTheFolderIsRefused() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        try FabricatedData.writeBothSplits(to: command.directory)
        let labels = command.directory.appending(path: "t10k-labels-idx1-ubyte")
        try FileManager.default.removeItem(at: labels)
        #expect(mkfifo(labels.path, 0o600) == 0)
        let result = try command.run(
            ["show", "--index", "7", "--dataset", "fashion-mnist", "--data", "."])
        #expect(result.exitCode == 1)
        #expect(result.errors.contains("\(labels.path) cannot be read: Not a regular file."))
    }

    @Test func withoutHOMEThePasswordDatabaseTellsTheCache() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let home = try #require(getpwuid(geteuid())?.pointee.pw_dir.map { String(cString: $0) })
        let result = try command.run(
            ["data", "where", "--dataset", "kmnist"],
            environment: ["HOME": "", "XDG_CACHE_HOME": "", "DIGITS_DATA": ""])
        #expect(
            result.output.isEmpty && result.errors.contains("it would be in \(home)/.cache/digits/kmnist."))
    }

    @Test(.enabled(if: RealData.isThere, RealData.skipped))
    func realDataIsFoundThroughTheEnvironment() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let folder = try #require(RealData.path)
        let result = try command.run(["data", "where"], environment: ["DIGITS_DATA": folder])
        #expect(result.exitCode == 0)
        #expect(result.output == folder + "\n")
        #expect(result.errors == "")
    }

    @Test(.enabled(if: RealData.isThere, RealData.skipped))
    func theOptionWinsOverTheEnvironment() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let folder = try #require(RealData.path)
        let result = try command.run(
            ["data", "where", "--data", folder], environment: ["DIGITS_DATA": "/nowhere"])
        #expect(result.output == folder + "\n")
    }

    @Test(.enabled(if: RealData.isThere, RealData.skipped))
    func realDataIsVerified() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let folder = try #require(RealData.path)
        let result = try command.run(["data", "verify", "--data", folder])
        #expect(result.exitCode == 0)
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines.allSatisfy { $0.contains(": good, published SHA-256 ") })
    }

    @Test(.enabled(if: RealData.isThere, RealData.skipped))
    func aDamagedFileIsNamedAndTheOthersAreStillChecked() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let source = URL(fileURLWithPath: try #require(RealData.path))
        for file in try FileManager.default.contentsOfDirectory(atPath: source.path)
        where file.hasSuffix(".gz") {
            try FileManager.default.copyItem(
                at: source.appending(path: file), to: command.directory.appending(path: file))
        }
        let labels = command.directory.appending(path: "t10k-labels-idx1-ubyte.gz")
        try Data(contentsOf: labels).prefix(1000).write(to: labels)

        let result = try command.run(["data", "verify", "--data", "."])
        #expect(result.exitCode == 1)
        #expect(result.output.split(separator: "\n").count { $0.contains(": good") } == 3)
        let bad = try #require(result.output.split(separator: "\n").first { $0.hasPrefix("BAD: ") })
        #expect(
            bad == "BAD: \(labels.path) is truncated: the gzip archive ends before its contents do. "
                + "Delete it and fetch it again.")
        #expect(
            result.errors
                == "digits: error: 1 of the 4 files of MNIST cannot be used. 'digits data fetch --data .' gets what is "
                + "damaged again.\n")

        let shown = try command.run(["show", "--index", "7", "--data", "."])
        #expect(shown.exitCode == 1)
        #expect(
            shown.errors.hasSuffix(
                "Delete it and fetch it again. 'digits data fetch --data .' does both.\n"))
        // It tries; without a network that is all it can do, and the file stays.
        let files = try command.files()
        let fetched = try command.run(["data", "fetch", "--data", "."], environment: noNetwork)
        #expect(fetched.exitCode == 1)
        #expect(fetched.errors.hasPrefix("\(labels.path) is damaged and is fetched again.\n"))
        #expect(fetched.errors.contains("digits: error: train-images-idx3-ubyte.gz could not be downloaded."))
        #expect(try command.files() == files)
    }

    @Test(
        .enabled(if: RealData.isThere, RealData.skipped),
        arguments: [["fetch"], ["verify"]])
    func aFolderWithAnotherDataSetUnderTheSameNamesIsToldApart(verb: [String]) throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let folder = try #require(RealData.path)
        let result = try command.run(
            ["data"] + verb + ["--dataset", "fashion-mnist"], environment: ["DIGITS_DATA": folder])
        #expect(result.exitCode == 1)
        #expect(
            (result.output + result.errors).contains(
                "train-images-idx3-ubyte.gz belongs to the data set mnist, expected fashion-mnist. "
                    + "Name the right folder, or ask for mnist.\n"))
        #expect(try command.files() == [])
    }

    @Test(arguments: ["fetch", "verify"])
    func aPartOfADataSetIsGoodAndToldToBeOne(verb: String) throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        try FabricatedData.writeBothSplits(to: command.directory)
        let result = try command.run(["data", verb, "--dataset", "fashion-mnist", "--data", "."])
        #expect(result.exitCode == 0)
        let path = command.directory.path
        #expect(
            result.errors.hasPrefix(
                "digits: warning: \(path)/train-images-idx3-ubyte holds 600 pictures, not the 60,000 of the published file.\n"
                    + "digits: warning: \(path)/t10k-images-idx3-ubyte holds 200 pictures, not the 10,000 of the published file.\n"
            ))
    }

    /// A proxy that nobody runs stands for a machine without network.
    private let noNetwork = [
        "https_proxy": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9", "no_proxy": "",
    ]

    @Test func withoutNetworkEveryMirrorsFailureIsToldOnceWithTheWaysOut() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(["train"], environment: noNetwork)
        #expect(result.exitCode == 1)
        let lines = result.errors.split(separator: "\n")
        #expect(
            lines.contains { $0.hasPrefix("digits: error: ") && $0.hasSuffix(" could not be downloaded.") })
        for mirror in [
            "https://storage.googleapis.com/cvdf-datasets/mnist/",
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
        ] {
            #expect(lines.count { $0.contains(mirror) } == 1)
        }
        for way in ["--data", "DIGITS_DATA", "--dataset synthetic"] {
            #expect(lines.last?.contains(way) == true)
        }
        #expect(try command.files() == [])
    }
}
