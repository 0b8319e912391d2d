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

    @Test func aFigureIsOverwrittenByForceAlone() throws {
        let command = try commandWithData()
        defer { command.remove() }
        let path = command.directory.appending(path: "grid.svg")
        try "mine".write(to: path, atomically: true, encoding: .utf8)
        let result = try command.run(["show", "--index", "3", "--output", "grid.svg"] + fabricated)
        #expect(result.exitCode == 1)
        #expect(
            result.errors.hasSuffix(
                "digits: error: 'grid.svg': File exists. Choose another name, or add --force to replace it.\n"
            ))
        #expect(try String(contentsOf: path, encoding: .utf8) == "mine")
        let forced = try command.run(
            ["show", "--index", "3", "--output", "grid.svg", "--force"] + fabricated)
        #expect(forced.exitCode == 0)
        #expect(try String(contentsOf: path, encoding: .utf8).hasPrefix("<"))
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

    /// Picture `n` of the 200 is of the class `n % 10`; 3 is a dress.
    @Test func picturesOfAClassFromANumberOnOrAtRandomAreShown() throws {
        let command = try commandWithData()
        defer { command.remove() }
        func numbers(_ arguments: [String], title: String) throws -> [Int] {
            let result = try command.run(["show"] + arguments + fabricated)
            #expect(result.exitCode == 0, "\(result.errors)")
            let lines = result.output.split(separator: "\n")
            #expect(lines.first.map(String.init) == "\(title), as stored")
            let last = try #require(lines.last)
            #expect(last.hasPrefix("Their numbers: "))
            return last.dropFirst("Their numbers: ".count).split(separator: ",").compactMap {
                Int($0.drop { $0 == " " })
            }
        }
        #expect(
            try numbers(
                ["--class", "Dress", "--grid", "1x3"],
                title: "3 test pictures of Fashion-MNIST of the class Dress")
                == [3, 13, 23])
        #expect(
            try numbers(
                ["--from", "100", "--grid", "1x2"],
                title: "2 test pictures of Fashion-MNIST from number 100 on")
                == [100, 101])
        let grid = ["--random", "--grid", "2x4"]
        let title = "8 test pictures of Fashion-MNIST, at random with seed"
        let first = try numbers(grid, title: "\(title) 1")
        #expect(Set(first).count == 8 && first != first.sorted())
        #expect(try numbers(grid + ["--seed", "1"], title: "\(title) 1") == first)
        #expect(try numbers(grid + ["--seed", "2"], title: "\(title) 2") != first)
        let dresses = try numbers(
            ["--class", "Dress", "--from", "100"] + grid,
            title:
                "8 test pictures of Fashion-MNIST of the class Dress from number 100 on, at random with seed 1"
        )
        #expect(dresses.allSatisfy { $0 >= 100 && $0 % 10 == 3 })
    }

    @Test(arguments: [
        (["--class", "Dres"], "Unknown class 'Dres'. Did you mean 'Dress'?"),
        (
            ["--class", "Dress", "--grid", "3x7"],
            "21 pictures are wanted, but there are 20 of the class Dress."
        ),
        (
            ["--from", "199", "--grid", "1x2"],
            "2 pictures are wanted, but there is 1 from number 199 on."
        ),
    ])
    func picturesThatThereAreNotAreRefused(arguments: [String], message: String) throws {
        let command = try commandWithData()
        defer { command.remove() }
        let result = try command.run(["show"] + arguments + fabricated)
        #expect(result.exitCode == 64)
        #expect(result.errors.contains(message), "\(result.errors)")
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
