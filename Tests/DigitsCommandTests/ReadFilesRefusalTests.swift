import Foundation
import TestSupport
import Testing

/// Files to show how pictures were read that `digits read` does not write.
@Suite struct ReadFilesRefusalTests {
    private func command(_ rings: [String] = ["ring.pgm"]) throws -> BuiltCommand {
        try BuiltCommand(DrawnPictures.ring, as: rings)
    }

    @Test(arguments: ["pictures/a.pgm", "./pictures/", "pictures"])
    func forceWritesOverNoPictureThatIsRead(output: String) throws {
        let command = try command(["pictures/a.pgm"])
        defer { command.remove() }
        let result = try command.run(["read", "pictures/a.pgm", "--force", "--csv", output])
        #expect(result.exitCode == 64)
        #expect(
            result.errors.hasPrefix(
                "digits: error: With --force, pictures that are read could be written over in '\(output)'. "))
        let csv = try command.run(["read", "pictures/a.pgm", "--csv", "table.csv"])
        #expect(csv.exitCode == 0, "\(csv.errors)")
        #expect(try command.run(["read", "pictures/a.pgm", "--csv", "table.csv", "--force"]).exitCode == 0)
    }

    /// All is checked before anything is made.
    @Test(arguments: [
        (["a.pgm", "b.pgm", "--output", "seen", "--steps", "how.html"], 64, "--steps names one file"),
        (["a.pgm", "--output", "seen", "--explain", "full.svg"], 1, "'full.svg': File exists."),
        (["-", "--output", "seen", "--csv", "full.svg"], 1, "'full.svg': File exists."),
        (
            ["a.pgm", "--output", "seen", "--csv", "/dev/full"], 1,
            "'/dev/full': Not a regular file. Choose another"
        ),
        (
            ["a.pgm", "--output", "seen", "--csv", "/dev/stdout"], 1,
            "'/dev/stdout': Not a regular file. Choose"
        ),
        (
            ["a.pgm", "--output", "a.pgm/"], 1,
            "'a.pgm' is no folder, and digits read writes into one. Name a folder"
        ),
        (["a.pgm", "--output", "seen", "--explain", "full/"], 1, "'full' is not empty"),
        (["a.pgm", "--output", "seen", "--csv", "no/table.csv"], 1, "'no/table.csv': No such file"),
    ])
    func whatIsRefusedLeavesNoFolder(arguments: [String], code: Int32, sentence: String) throws {
        let command = try command(["a.pgm", "b.pgm"])
        defer { command.remove() }
        try command.write("full", as: "full.svg")
        try command.write("full", as: "full/file")
        let result = try command.run(
            ["read"] + arguments, inputPath: command.directory.appending(path: "a.pgm").path)
        #expect(result.exitCode == code && result.output == "")
        #expect(result.errors.contains(sentence), "\(result.errors)")
        #expect(try command.files() == ["a.pgm", "b.pgm", "full", "full.svg", "full/file"])
    }

    #if os(Linux)
        @Test func withoutCairoNothingIsReadInVain() throws {
            let command = try command()
            defer { command.remove() }
            try command.write("no library", as: "lib/libcairo.so.2")
            let files = try command.files()
            let folder = command.directory.appending(path: "lib").path
            for options in [["--output", "seen"], ["--steps", "a/b"], ["--explain", "a.pdf"]] {
                let result = try command.run(
                    ["read", "ring.pgm", "--single"] + options, environment: ["LD_LIBRARY_PATH": folder])
                #expect(result.exitCode == 1 && result.output == "")
                #expect(
                    result.errors.contains("PNG and PDF cannot be drawn, but SVG can."), "\(result.errors)")
            }
            #expect(try command.files() == files)
        }
    #endif

    @Test func aFileThatIsNoPictureLeavesNoFolder() throws {
        let command = try command([])
        defer { command.remove() }
        try command.write("no picture", as: "a.png")
        let result = try command.run(["read", "a.png", "--output", "seen"])
        #expect(result.exitCode == 1)
        #expect(try command.files() == ["a.png"])
    }

    @Test(arguments: [
        (
            ["--output", "run.2"],
            "a file's name must end in .png, .svg or .pdf. For a folder of that name give run.2/.\n"
        ),
        (["--steps", "a.png"], "a file's name must end in .html. For a folder of that name give a.png/."),
        (["--explain", ""], "--explain is empty."),
        (["--output", "a.png", "--explain", "a.png"], "Give each a name of its own."),
        (["--output", "a", "--explain", "./a"], "Give each a name of its own."),
        (["--output", "a", "--steps", ".//a/"], "Give each a name of its own."),
        (["--steps", "a.html", "--csv", "./a.html"], "Give each a name of its own."),
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
