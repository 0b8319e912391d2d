import DigitRecognition
import Foundation
import TestSupport
import Testing

/// What `digits read` says of pictures that it cannot read, or not surely.
@Suite struct ReadDoubtTests {
    private func command() throws -> BuiltCommand {
        let command = try BuiltCommand()
        try command.write(DrawnPictures.bar, as: "bar.pgm")
        try command.write(DrawnPictures.blank, as: "blank.pgm")
        try FabricatedModel.write(to: command.directory, classNames: (0...9).map(String.init))
        return command
    }

    private static let model = ["--single", "--model", "model.safetensors"]

    @Test func aDigitOfLittleConfidenceIsAQuestionMark() throws {
        let command = try command()
        defer { command.remove() }
        let arguments = ["read", "bar.pgm", "--min-confidence", "0.2"] + Self.model
        let result = try command.run(arguments)
        #expect(result.exitCode == 0)
        #expect(result.output == "?\n")
        #expect(result.errors == "")
        let strict = try command.run(arguments + ["--strict"])
        #expect(strict.exitCode == 3)
        #expect(strict.output == "?\n")
        #expect(strict.errors == "digits: warning: bar.pgm: 1 of 1 digits is less sure than 0.2.\n")
        let object = try command.run(arguments + ["--json"]).output
        #expect(object.contains(#""text":"?","lines":[{"text":"?","confidence":0.1,"#))
        #expect(object.contains(#""digits":[{"digit":0,"#))
        // As sure as is asked for is enough.
        let less = try command.run(["read", "bar.pgm", "--min-confidence", "0.1", "--strict"] + Self.model)
        #expect(less.exitCode == 0)
        #expect(less.output == "0\n")
    }

    @Test func aPictureWithoutDigitsSaysWhy() throws {
        let command = try command()
        defer { command.remove() }
        for (options, code) in [([], Int32(0)), (["--strict"], 3)] {
            let result = try command.run(["read", "blank.pgm"] + options)
            #expect(result.exitCode == code)
            #expect(result.output == "")
            #expect(
                result.errors
                    == "digits: warning: blank.pgm: Nothing stands out from its ground as ink does; give a picture of clear strokes on an even ground.\n"
            )
        }
    }

    /// The model that reads anyhow knows what is no digit, also where it is named.
    @Test func theUsualModelDoubtsWhenItIsNamed() throws {
        let command = try command()
        defer { command.remove() }
        let bars = DrawnPictures.pgm(rows: 60, columns: 60) { row, column in
            (10..<50).contains(row) && column % 13 < 5 ? 20 : 240
        }
        try command.write(bars, as: "bars.pgm")
        let arguments = ["read", "bars.pgm", "--single", "--json"]
        let usual = try command.run(arguments)
        let named = try command.run(arguments + ["--model", DigitReader.digitModel.name])
        #expect(usual.output.contains(#""refused":"no-digits""#), "\(usual.output)")
        #expect(named.output == usual.output && named.errors == usual.errors)
    }

    @Test func theOthersAreReadAllTheSame() throws {
        let command = try command()
        defer { command.remove() }
        let result = try command.run(["read", "none.pgm", "bar.pgm", "blank.pgm", "--strict"] + Self.model)
        #expect(result.exitCode == 1)
        #expect(result.output == "0\n")
        let errors = result.errors.split(separator: "\n")
        #expect(errors.count == 3)
        #expect(errors[0].hasPrefix("digits: error: none.pgm: "))
        #expect(errors[1].hasPrefix("digits: warning: blank.pgm: "))
        #expect(errors[2] == "digits: error: 1 of 3 pictures could not be read.")
        let doubt = try command.run(["read", "bar.pgm", "blank.pgm", "--strict"] + Self.model)
        #expect(doubt.exitCode == 3)
        #expect(doubt.errors.hasSuffix("digits: error: 1 of 2 pictures are in doubt.\n"))
    }

    @Test(arguments: [
        ("baz.pgm", "baz.pgm: There is no such file. Did you mean 'bar.pgm'?"),
        ("./baz.pgm", "./baz.pgm: There is no such file. Did you mean './bar.pgm'?"),
        ("bar/bax.pgm", "bar/bax.pgm: There is no such file. Did you mean 'bar/bar.pgm'?"),
        ("bax/bax", "bax/bax: There is no such file. Did you mean 'bax/bay'?"),
        ("/tmpp", "/tmpp: There is no such file. Did you mean '/tmp'?"),
        ("lost.pgm", "lost.pgm: This is a link to a file that is not there. Check where it leads."),
        ("lest.pgm", "lest.pgm: There is no such file. Check the path."),
        ("no/such.pgm", "no/such.pgm: There is no such file. Check the path."),
        ("*.jpg", "*.jpg: No file has a name like that. Check the path."),
        ("bar.pgm/x", "bar.pgm/x: It cannot be read (Not a directory). Check the directories in the path."),
        ("empty", "empty: The folder is empty. Name one with pictures."),
        (
            "folder",
            "folder: There are no pictures in the folder, and the folders in it are not looked into. Name the one with the pictures."
        ),
        ("/dev/null", "/dev/null: This is a pipe or a device and no file. "),
        ("pipe", "pipe: This is a pipe or a device and no file. "),
        ("empty.png", "empty.png: The file is empty; give a picture as PNG, "),
        ("text.png", "text.png: The file looks like text and not like a picture that can be read; "),
        ("half.pgm", "half.pgm: The PNM file is damaged or was cut off ("),
        (
            "bomb.pgm",
            "bomb.pgm: The picture has 30000×30000 pixels, but at most 100,000,000 are allowed; make it smaller, or add --max-pixels 900000000."
        ),
        (
            "huge.pgm",
            "huge.pgm: The picture has 60000×60000 pixels, but at most 100,000,000 are allowed; make it smaller."
        ),
    ])
    func whatIsNoPictureIsToldInASentence(name: String, sentence: String) throws {
        let command = try command()
        defer { command.remove() }
        try command.write(DrawnPictures.bar, as: "bar/bar.pgm")
        try command.write(DrawnPictures.bar, as: "bax/bay")
        try command.write("", as: "empty.png")
        try command.write("hello", as: "text.png")
        try command.write("hello", as: "folder/notes.txt")
        try command.write(DrawnPictures.bar, as: "folder/below/bar.pgm")
        try command.write(DrawnPictures.bar.prefix(200), as: "half.pgm")
        try command.write("P5 30000 30000 255\n", as: "bomb.pgm")
        try command.write("P5 60000 60000 255\n", as: "huge.pgm")
        try FileManager.default.createDirectory(
            at: command.directory.appending(path: "empty"), withIntermediateDirectories: true)
        #expect(symlink("nowhere.pgm", command.directory.appending(path: "lost.pgm").path) == 0)
        #expect(mkfifo(command.directory.appending(path: "pipe").path, 0o600) == 0)
        let result = try command.run(["read", name])
        #expect(result.exitCode == 1)
        #expect(result.output == "")
        #expect(result.errors.hasPrefix("digits: error: \(sentence)"), "\(result.errors)")
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    /// A terminal would obey what a file is called.
    @Test func namesAreWrittenSoThatTheyAreSeen() throws {
        let command = try command()
        defer { command.remove() }
        let name = "a\u{1B}[2Jb.pgm"
        try command.write(DrawnPictures.bar, as: name)
        try command.write("no picture", as: "c\u{1B}\n")
        let result = try command.run(["read", name, "c\u{1B}\n", "-H"] + Self.model)
        #expect(result.output == "a\\u{1B}[2Jb.pgm: 0\n")
        #expect(result.errors.hasPrefix("digits: error: c\\u{1B}\\u{A}: The file looks like text"))
        let misuse = try command.run(["read", "--\u{1B}c"])
        #expect(!misuse.errors.contains("\u{1B}") && misuse.errors.contains("\\u{1B}c"))
    }

    @Test func theLimitOfPixelsIsAdjustable() throws {
        let command = try command()
        defer { command.remove() }
        let refused = try command.run(["read", "bar.pgm", "--max-pixels", "1599"])
        #expect(refused.exitCode == 1)
        #expect(
            refused.errors.hasSuffix(
                "40×40 pixels, but at most 1,599 are allowed; make it smaller, or add --max-pixels 1600.\n"))
        let read = try command.run(["read", "bar.pgm", "--max-pixels", "1600"] + Self.model)
        #expect(read.exitCode == 0)
    }

    @Test(arguments: [
        ([], "No picture is named. "), ([""], "A file's name is empty."),
        (["-", "-"], "Standard input holds one picture, but - is given 2 times."),
        (["a", "--single", "--line"], "--single and --line exclude each other."),
        (["a", "--single", "--length", "4"], "--single and --length exclude each other."),
        (["a", "--dark-ink", "--light-ink"], "--dark-ink and --light-ink exclude each other."),
        (["a", "--model", "tiny"], "--model reads single digits. Add --single"),
        (["a", "--max-pixels", "0"], "--max-pixels is 0, but must be 1 to 2147483647."),
        (["a", "--jobs", "0"], "--jobs is 0, but must be 1 to 256."),
        (["a", "--min-confidence", "90"], "--min-confidence is 90.0, but must be 0 to 1."),
        (["a", "--min-confidence", "nan"], "--min-confidence is nan, but must be 0 to 1."),
        (["a", "--csv", ""], "--csv is empty."),
        (["a", "--csv", "-"], "--csv writes a file and not to standard output. Name a file, or print"),
        (["a", "--output", "-"], "--output writes files and not to standard output. Name a file or"),
        (["a", "--json", "-H"], "--with-filename is for text"),
        (
            ["a", "--length", "6-4"],
            "The value '6-4' is invalid for '--length <count>': expected a number of digits such as 5, or two such as 4-6"
        ),
        (["a", "--length", "0"], "The value '0' is invalid for '--length <count>'"),
        (
            ["a", "--length", "4-1000000"],
            "--length goes up to 1000000, but no number that is read has more than 300 digits."
        ),
        (["a", "--singel"], "Unknown option '--singel'. Did you mean '--single'?"),
    ])
    func whatMakesNoSenseIsMisuse(arguments: [String], message: String) throws {
        let command = try command()
        defer { command.remove() }
        let result = try command.run(["read"] + arguments)
        #expect(result.exitCode == 64)
        #expect(result.output == "")
        #expect(result.errors.hasPrefix("digits: error: \(message)"), "\(result.errors)")
        #expect(result.errors.hasSuffix("See 'digits read --help' for more information.\n"))
    }

    @Test(arguments: [
        ("tinny", "There is neither a file 'tinny' nor a shipped model of that name. Did you mean 'tiny'?"),
        ("bar.pgm", "'bar.pgm' is a picture (PNM). --model names what reads: leave it out, or give a model"),
        (
            "fashion/model.safetensors",
            "The model fashion/model.safetensors cannot read single digits. The network tells apart T-shirt"
        ),
        (
            "small/model.safetensors",
            "The model small/model.safetensors cannot read single digits. The network takes inputs of shape 14×14×1"
        ),
    ])
    func aModelMustReadDigits(model: String, sentence: String) throws {
        let command = try command()
        defer { command.remove() }
        for folder in ["fashion", "small"] {
            try FileManager.default.createDirectory(
                at: command.directory.appending(path: folder), withIntermediateDirectories: true)
        }
        try FabricatedModel.write(to: command.directory.appending(path: "fashion"))
        try FabricatedModel.write(
            to: command.directory.appending(path: "small"), input: [14, 14, 1],
            classNames: (0...9).map(String.init))
        let result = try command.run(["read", "bar.pgm", "--single", "--model", model])
        #expect(result.exitCode == 1)
        #expect(result.output == "")
        #expect(result.errors.hasPrefix("digits: error: \(sentence)"), "\(result.errors)")
        #expect(result.errors.split(separator: "\n").count == 1)
    }
}
