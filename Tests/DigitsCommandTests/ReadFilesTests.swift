import Foundation
import TestSupport
import Testing

/// The files that `digits read` writes to show how pictures were read.
@Suite struct ReadFilesTests {
    /// A command with pictures of a ring, and of blank paper.
    private func command(rings: [String] = ["ring.pgm"], blanks: [String] = []) throws -> BuiltCommand {
        let command = try BuiltCommand()
        for (names, isRing) in [(rings, true), (blanks, false)] {
            for name in names {
                let file = command.directory.appending(path: name)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Self.picture(isRing: isRing).write(to: file)
            }
        }
        return command
    }

    /// White paper of 80×60 pixels, with a dark ring or without.
    private static func picture(isRing: Bool) -> Data {
        var pixels = [UInt8](repeating: 235, count: 80 * 60)
        for row in 15..<45 where isRing {
            for column in 30..<50 where row < 19 || row >= 41 || column < 34 || column >= 46 {
                pixels[row * 80 + column] = 30
            }
        }
        return Data("P5 80 60 255\n".utf8) + Data(pixels)
    }

    private func text(_ name: String, of command: BuiltCommand) throws -> String {
        try String(contentsOf: command.directory.appending(path: name), encoding: .utf8)
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
        let drawing = try MarkupNode.parse(text("seen.svg", of: command))
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
        let page = try MarkupNode.parse(text("how.html", of: command))
        #expect(page.elements("h1")[0].text == "How ring.pgm was read")
        #expect(page.elements("h2").count == 7)
        #expect(try text("why.svg", of: command).contains("to the network"))

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
        let command = try command(rings: ["a/1.pgm", "b/1.pgm"], blanks: ["2.pgm"])
        defer { command.remove() }
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

    @Test func aFileThatIsNoPictureLeavesNoFolder() throws {
        let command = try command(rings: [])
        defer { command.remove() }
        try Data("no picture".utf8).write(to: command.directory.appending(path: "a.png"))
        let result = try command.run(["read", "a.png", "--output", "seen"])
        #expect(result.exitCode == 1)
        #expect(try command.files() == ["a.png"])
    }

    @Test(arguments: [
        (["--output", "a.jpg"], "a file's name must end in .png, .svg or .pdf, a folder's have no dot."),
        (["--steps", "a.png"], "a file's name must end in .html, a folder's have no dot."),
        (["--explain", ""], "--explain is empty."),
        (["--output", "a.png", "--explain", "a.png"], "Give each a name of its own."),
    ])
    func namesThatMakeNoSenseAreMisuse(arguments: [String], sentence: String) throws {
        let command = try command()
        defer { command.remove() }
        let result = try command.run(["read", "ring.pgm"] + arguments)
        #expect(result.exitCode == 64 && result.output == "")
        #expect(result.errors.contains(sentence), "\(result.errors)")
        #expect(try command.files() == ["ring.pgm"])
    }
}
