import Foundation
import TestSupport
import Testing

/// The files that `digits read` writes to show how pictures were read.
@Suite struct ReadFilesTests {
    private func command(_ rings: [String] = ["ring.pgm"]) throws -> BuiltCommand {
        try BuiltCommand(DrawnPictures.ring, as: rings)
    }

    @Test func theDigitsAreDrawnOverThePicture() throws {
        let command = try command()
        defer { command.remove() }
        let plain = try command.run(["read", "ring.pgm", "--single"])
        let result = try command.run(["read", "ring.pgm", "--single", "--output", "seen.svg"])
        #expect(result.exitCode == 0 && result.output == plain.output)
        #expect(result.errors == "Wrote seen.svg\n")
        let digit = plain.output.trimmingCharacters(in: .newlines)
        #expect(digit.count == 1)
        let drawing = try MarkupNode.parse(command.text("seen.svg"))
        #expect(drawing.elements("image").count == 1)
        #expect(drawing.elements("text").map(\.text).contains("Read: \(digit)"))

        // Nothing is overwritten, nor read in vain.
        let again = try command.run(["read", "ring.pgm", "--single", "--output", "seen.svg"])
        #expect(again.exitCode == 1 && again.output == "")
        #expect(
            again.errors.contains("'seen.svg'") && again.errors.contains("Choose another name"),
            "\(again.errors)")
    }

    @Test func theStepsAreAPageOrFiles() throws {
        let command = try command()
        defer { command.remove() }
        let result = try command.run(
            ["read", "ring.pgm", "--single", "--steps", "how.html", "--explain", "why.svg"])
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(result.errors.contains("Wrote how.html") && result.errors.contains("Wrote why.svg"))
        let page = try MarkupNode.parse(command.text("how.html"))
        #expect(page.elements("h1")[0].text == "How ring.pgm was read")
        #expect(page.elements("h2").count == 7)
        #expect(try command.text("why.svg").contains("to the network"))

        let files = try command.run(["read", "ring.pgm", "--single", "--steps", "deep/steps"])
        #expect(files.exitCode == 0 && files.errors == "Wrote the steps of 1 picture into deep/steps\n")
        #expect(
            try command.files().filter { $0.hasPrefix("deep/steps/") } == [
                "deep/steps/1-picture.png", "deep/steps/2-without-paper.png", "deep/steps/3-ink.png",
                "deep/steps/4-without-rules.png", "deep/steps/5-pieces.png", "deep/steps/6-digits.png",
                "deep/steps/7-read.png",
            ])
    }

    /// Each picture has files of its own, also where two have the same name and where nothing is read.
    @Test func severalPicturesNeedAFolder() throws {
        let command = try command(["a/1.pgm", "b/1.pgm"])
        defer { command.remove() }
        try command.write(DrawnPictures.blank, as: "2.pgm")
        let pictures = ["a/1.pgm", "b/1.pgm", "2.pgm"]
        let result = try command.run(
            ["read"] + pictures + ["--single", "--output", "seen/", "--steps", "steps"])
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(result.errors.contains("Wrote 3 pictures into seen\n"))
        let files = try command.files()
        #expect(
            files.filter { $0.hasPrefix("seen/") } == ["seen/1-2.png", "seen/1.png", "seen/2.png"])
        #expect(files.contains("steps/1-2/7-read.png") && files.contains("steps/2/2-read.png"))

        let file = try command.run(["read"] + pictures + ["--output", "seen.png"])
        #expect(file.exitCode == 64 && file.output == "")
        #expect(file.errors.contains("--output names one file, but there are 3 pictures. Name a folder"))
        let full = try command.run(["read"] + pictures + ["--explain", "seen"])
        #expect(full.exitCode == 1 && full.errors.contains("'seen' is not empty"))
    }

    /// What cannot be written is told of its picture; the others are read and shown all the same.
    @Test func aNameThatIsTooLongIsToldAlone() throws {
        let long = String(repeating: "a", count: 255)
        let command = try command([long, "ring.pgm"])
        defer { command.remove() }
        let result = try command.run([
            "read", long, "ring.pgm", "--single", "--output", "seen", "--csv", "table.csv",
        ])
        #expect(result.exitCode == 1)
        #expect(result.output.split(separator: "\n").count == 2)
        #expect(try command.text("table.csv").split(separator: "\n").count == 3)
        #expect(
            result.errors.hasPrefix(
                "digits: error: \(long): Cannot put in place 'seen/\(long).png': File name too long"))
        #expect(
            result.errors.hasSuffix(
                "Wrote 1 picture into seen\ndigits: error: 1 of 2 pictures could not be shown as was asked for.\n"
            ))
        #expect(try command.files().filter { $0.hasPrefix("seen/") } == ["seen/ring.png"])
    }

    @Test(.enabled(if: DrawnPictures.tiffCanBeRead))
    func ofSeveralPagesOneFileShowsTheFirst() throws {
        let command = try command([])
        defer { command.remove() }
        try command.write(DrawnPictures.tiff(pages: 3), as: "scan.tif")
        let result = try command.run(["read", "scan.tif", "--single", "--output", "seen.svg"])
        #expect(result.exitCode == 0)
        #expect(result.output.split(separator: "\n").count == 3)
        #expect(
            result.errors
                == "digits: warning: scan.tif: It has 3 pages, but seen.svg shows page 1 alone. Name a folder for all of them.\n"
                + "Wrote seen.svg\n")
        #expect(try MarkupNode.parse(command.text("seen.svg")).elements("image").count == 1)
    }

    /// What is drawn as doubtful is what `--min-confidence` asks for, also where that is nothing.
    @Test func doubtIsDrawnAsItIsAskedFor() throws {
        let command = try command()
        defer { command.remove() }
        try FabricatedModel.write(to: command.directory, classNames: (0...9).map(String.init))
        // A digit that is a tenth likely to be right.
        let arguments = ["read", "ring.pgm", "--single", "--model", "model.safetensors", "--output"]
        for (name, options, mark) in [
            ("usual.svg", [], "less than 90% likely"), ("none.svg", ["--min-confidence", "0"], nil),
            ("half.svg", ["--min-confidence", "0.5"], "less than 50% likely"),
        ] {
            #expect(try command.run(arguments + [name] + options).exitCode == 0)
            let drawing = try command.text(name)
            #expect(mark.map(drawing.contains) ?? !drawing.contains("likely to be right"), "\(name)")
        }
    }

    /// The name of the model that reads does not mean a file of that name.
    @Test func theUsualModelExplainsWhateverLiesBeside() throws {
        let command = try command()
        defer { command.remove() }
        try command.write("no model", as: "accurate")
        let result = try command.run(["read", "ring.pgm", "--single", "--explain", "why.svg"])
        #expect(result.exitCode == 0 && result.errors == "Wrote why.svg\n")
        #expect(try command.text("why.svg").contains("to the network 'reader'"))
    }

    /// A name of dots alone would lead out of the folder.
    @Test func namesOfDotsStayInTheFolder() throws {
        let command = try command(["...png", ".pgm", "..pgm"])
        defer { command.remove() }
        let result = try command.run([
            "read", "...png", ".pgm", "..pgm", "--single", "--output", "seen", "--steps", "steps",
        ])
        #expect(result.exitCode == 0, "\(result.errors)")
        let files = try command.files()
        #expect(
            files.filter { $0.hasPrefix("seen/") } == [
                "seen/picture-2.png", "seen/picture-3.png", "seen/picture.png",
            ])
        #expect(files.filter { $0.hasSuffix("7-read.png") }.allSatisfy { $0.hasPrefix("steps/picture") })
        #expect(files.filter { $0.hasPrefix("1-") }.isEmpty)
    }
}
