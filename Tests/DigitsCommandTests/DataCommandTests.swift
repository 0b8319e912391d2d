import Foundation
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
        #expect(result.errors.hasSuffix("\nThe folder was named by the environment variable DIGITS_DATA.\n"))
    }

    @Test(.enabled(if: RealData.isThere, Comment(rawValue: RealData.skipped)))
    func realDataIsFoundThroughTheEnvironment() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let folder = try #require(RealData.folder)
        let result = try command.run(["data", "where"], environment: ["DIGITS_DATA": folder])
        #expect(result.exitCode == 0)
        #expect(result.output == folder + "\n")
        #expect(result.errors == "")
    }

    @Test(.enabled(if: RealData.isThere, Comment(rawValue: RealData.skipped)))
    func theOptionWinsOverTheEnvironment() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let folder = try #require(RealData.folder)
        let result = try command.run(
            ["data", "where", "--data", folder], environment: ["DIGITS_DATA": "/nowhere"])
        #expect(result.output == folder + "\n")
    }

    @Test(.enabled(if: RealData.isThere, Comment(rawValue: RealData.skipped)))
    func realDataIsVerified() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let folder = try #require(RealData.folder)
        let result = try command.run(["data", "verify", "--data", folder])
        #expect(result.exitCode == 0)
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines.allSatisfy { $0.contains(": good, published SHA-256 ") })
    }

    @Test(.enabled(if: RealData.isThere, Comment(rawValue: RealData.skipped)))
    func aDamagedFileIsNamedAndTheOthersAreStillChecked() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let source = URL(fileURLWithPath: try #require(RealData.folder))
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
        #expect(result.output.contains("t10k-labels-idx1-ubyte.gz: BAD: "))
        #expect(result.errors == "digits: error: 1 of the 4 files of MNIST cannot be used.\n")
    }
}
