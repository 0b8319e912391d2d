import Foundation
import TestSupport
import Testing

/// `digits show` on data that the test writes, and on the real MNIST.
@Suite struct ShowCommandTests {
    private let fabricated = ["--dataset", "fashion-mnist", "--data", "."]

    private func commandWithData() throws -> BuiltCommand {
        let command = try BuiltCommand()
        try FabricatedData.writeTestSplit(to: command.directory)
        return command
    }

    @Test func anImageIsDrawnWithItsLabel() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(["show", "--index", "3"] + fabricated)
        #expect(result.exitCode == 0)
        let full = String(repeating: "@", count: 28)
        #expect(
            result.output
                == "Fashion-MNIST test picture 3, label Dress\n\(full)\n\(full)\n"
                + String(repeating: "\n", count: 12) + "         as stored\n\n")
        #expect(result.errors.contains("digits: warning: "))
        #expect(
            result.errors.hasSuffix(
                "Next: digits show --index 3 --normalization l2 --dataset fashion-mnist --data .\n"))
        #expect(
            try command.files() == ["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"],
            "Nothing is written beside the data.")
    }

    @Test func beforeAndAfterStandSideBySideOnAnExplainedScale() throws {
        let command = try commandWithData()
        defer { command.remove() }
        // Four full rows: every column has the length 510, so each of its four pixels becomes 0.5.
        let result = try command.run(["show", "--index", "3", "--normalization", "l2"] + fabricated)
        let lines = result.output.split(separator: "\n")
        let full = String(repeating: "@", count: 28)
        #expect(lines[1] == "\(full)  \(full)")
        #expect(lines[3] == "         as stored                      after l2")
        #expect(
            lines[4]
                == "Scale: black is 0 as stored and 0.000 after; white is 255 as stored and 0.500 after (the largest value that is drawn)."
        )
        #expect(
            lines[5].hasPrefix(
                "l2 divides each column by its Euclidean length (Keras's normalize with axis=1)"))
    }

    @Test func aGridIsWrittenAsAFigure() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(["show", "--grid", "2x3", "--output", "grid.svg"] + fabricated)
        #expect(result.exitCode == 0)
        #expect(result.output == "")
        #expect(result.errors.hasSuffix("Wrote grid.svg\n"))
        let document = try String(contentsOf: command.directory.appending(path: "grid.svg"), encoding: .utf8)
        #expect(document.contains(">Fashion-MNIST, test pictures</text>"))
        #expect(document.components(separatedBy: "<image ").count == 1 + 6)
        #expect(document.contains(">Dress</text>"))
    }

    @Test func beforeAndAfterAreWrittenAsAFigure() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(
            ["show", "--index", "3", "--normalization", "l2", "--output", "l2.svg"] + fabricated)
        #expect(result.exitCode == 0)
        let document = try String(contentsOf: command.directory.appending(path: "l2.svg"), encoding: .utf8)
        // Four full rows: every column has the length 2, so each of its four pixels becomes 0.5.
        #expect(document.contains(">0 to 1</text>") && document.contains(">0 to 0.5</text>"))
    }

    @Test func aFigureIsNeverOverwritten() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let path = command.directory.appending(path: "grid.svg")
        try "mine".write(to: path, atomically: true, encoding: .utf8)
        let result = try command.run(["show", "--index", "3", "--output", "grid.svg"] + fabricated)
        #expect(result.exitCode == 1)
        #expect(result.errors.contains("grid.svg"))
        #expect(try String(contentsOf: path, encoding: .utf8) == "mine")
    }

    @Test func aFigureOfUnknownFormatIsRefused() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(["show", "--index", "3", "--output", "grid.gif"] + fabricated)
        #expect(result.exitCode == 64)
        #expect(
            result.errors.contains(
                "Cannot tell the format of 'grid.gif': its name must end in .png, .svg or .pdf."))
    }

    @Test func standardizedSaysWhatBlackAndWhiteAre() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(
            ["show", "--index", "0", "--normalization", "standardized"] + fabricated)
        #expect(
            result.output.contains(
                "black is 0 as stored and -0.424 after; white is 255 as stored and 2.821 after."))
    }

    @Test func aGridHasItsRowsAndLabels() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(["show", "--grid", "2x3"] + fabricated)
        #expect(result.exitCode == 0)
        let lines = result.output.split(separator: "\n")
        #expect(lines.first == "The first 6 test pictures of Fashion-MNIST, as stored")
        #expect(result.output.contains("T-shirt/top"))
        #expect(result.output.contains("Sandal"))
    }

    @Test func columnsLimitsTheWidth() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(["show", "--grid", "1x8"] + fabricated, environment: ["COLUMNS": "80"])
        let image = result.output.split(separator: "\n").dropFirst()
        #expect(image.map(\.count).max() == 78, "Four pictures of 18 and three gaps of 2.")
    }

    @Test func anIndexOutOfRangeIsOneClearSentence() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(["show", "--index", "200"] + fabricated)
        #expect(result.exitCode == 64)
        #expect(result.output == "")
        #expect(
            result.errors.hasSuffix(
                "digits: error: There is no picture 200: the test split of Fashion-MNIST has 200, numbered 0 to 199.\n"
            ))
    }

    @Test func aGridLargerThanTheDataIsRefused() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(["show", "--grid", "101x100"] + fabricated)
        #expect(result.exitCode == 64)
        #expect(
            result.errors.hasSuffix(
                "A grid of 101×100 needs 10,100 pictures; the test split of Fashion-MNIST has 200.\n"))
    }

    @Test func aLabelOverNineIsRefused() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        try FabricatedData.writeTestSplit(to: command.directory) { $0 == 5 ? 10 : 0 }
        let result = try command.run(["show", "--index", "5"] + fabricated)
        #expect(result.exitCode == 1)
        #expect(result.errors.contains("The label at index 5 is 10"))
    }

    @Test func tooFewLabelsAreRefused() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        try FabricatedData.writeTestSplit(to: command.directory, labelCount: 199)
        let result = try command.run(["show", "--index", "0"] + fabricated)
        #expect(result.exitCode == 1)
        let labels = command.directory.appending(path: "t10k-labels-idx1-ubyte").path
        #expect(
            result.errors
                == "digits: error: \(labels) holds 199 elements, expected 200. "
                + "It belongs to another data set or split; put the right file in its place.\n")
    }

    @Test func aPartOfADataSetIsToldToBeOne() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(["show", "--index", "199"] + fabricated)
        #expect(result.exitCode == 0)
        let images = command.directory.appending(path: "t10k-images-idx3-ubyte").path
        let warnings = result.errors.split(separator: "\n").filter { $0.contains("published") }
        #expect(
            warnings == [
                "digits: warning: \(images) holds 200 pictures, not the 10,000 of the published file."
            ])
    }

    @Test func aPartIsNotTakenForMNIST() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(["show", "--index", "0", "--data", "."])
        #expect(result.exitCode == 1)
        #expect(result.output == "")
        #expect(result.errors.contains("holds 200×28×28 elements, expected 10000×28×28."))
    }

    /// As many as MNIST has, so that the hash alone tells them apart.
    @Test func fabricatedFilesAreNotTakenForMNIST() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        try FabricatedData.writeTestSplit(to: command.directory, count: 10_000)
        let result = try command.run(["show", "--index", "0", "--data", "."])
        #expect(result.exitCode == 1)
        #expect(result.output == "")
        #expect(result.errors.contains("SHA-256"))
    }

    @Test func aWebPageInPlaceOfDataIsNamed() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let images = command.directory.appending(path: "t10k-images-idx3-ubyte")
        try FileManager.default.removeItem(at: images)
        try Data("<!DOCTYPE html><html><body>Moved</body></html>".utf8).write(to: images)
        let result = try command.run(["show", "--index", "0"] + fabricated)
        #expect(result.exitCode == 1)
        #expect(result.errors.contains("web page"))
    }

    @Test func resultsThatCannotBeWrittenAreAFailure() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(["show", "--index", "0"] + fabricated, outputPath: "/dev/full")
        #expect(result.exitCode == 1)
        #expect(
            result.errors.hasSuffix(
                "digits: error: The output could not be written: No space left on device.\n"))
    }

    @Test(.enabled(if: RealData.isThere, RealData.skipped))
    func testImageSevenOfMNISTIsANine() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let folder = try #require(RealData.path)
        let result = try command.run(["show", "--index", "7"], environment: ["DIGITS_DATA": folder])
        #expect(result.exitCode == 0)
        #expect(result.output.hasPrefix("MNIST test picture 7, label 9\n"))
        #expect(result.errors == "Next: digits show --index 7 --normalization l2\n")
    }

    @Test(.enabled(if: RealData.isThere, RealData.skipped))
    func theFirstTrainingImagesHaveTheKnownLabels() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let folder = try #require(RealData.path)
        let result = try command.run(
            ["show", "--grid", "1x5", "--split", "train"], environment: ["DIGITS_DATA": folder])
        let captions = try #require(result.output.split(separator: "\n").last)
        #expect(captions.split(separator: " ") == ["5", "0", "4", "1", "9"])
    }
}
