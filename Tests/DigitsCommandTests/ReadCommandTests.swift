import DigitRecognition
import Foundation
import TestSupport
import Testing

/// `digits read` and what it prints.
@Suite struct ReadCommandTests {
    /// A command whose folder has pictures of a bar.
    private func command(with names: [String] = ["bar.pgm"]) throws -> BuiltCommand {
        try BuiltCommand(DrawnPictures.bar, as: names)
    }

    /// Every digit that this model reads is a 0 with a confidence of a tenth.
    private static let modelOptions = ["--single", "--model", "model.safetensors"]

    private func commandWithModel(_ names: [String] = ["bar.pgm"]) throws -> BuiltCommand {
        let command = try command(with: names)
        try FabricatedModel.write(to: command.directory, classNames: (0...9).map(String.init))
        return command
    }

    @Test func theDigitsArePrintedAndNothingElse() async throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let digits = try await DrawnPictures.digits(20)
        // What a file is called is nothing to go by.
        let names = digits.indices.map { "\($0).\($0 % 2 == 0 ? "pgm" : "txt")" }
        for (name, digit) in zip(names, digits) { try command.write(digit.bytes, as: name) }
        let result = try command.run(["read", "--single"] + names)
        #expect(result.exitCode == 0)
        #expect(result.errors == "")
        let lines = result.output.split(separator: "\n")
        let rightCount = zip(lines, digits).count { $0 == "\($1.label)" }
        // Networks that come after this one may each err at another form, but at one in 20 at most.
        #expect(lines.count == 20 && rightCount >= 19)
    }

    @Test func thePicturesOfAFolderAreReadInTheOrderOfTheirNumbers() throws {
        let command = try commandWithModel([
            "in/scan10.pgm", "in/scan2.pgm", "in/picture", "in/.hidden.pgm", "in/below/scan1.pgm",
        ])
        defer { command.remove() }
        try command.write("not a picture", as: "in/notes.csv")
        for folder in ["in", "in/"] {
            let result = try command.run(["read", folder, "-H"] + Self.modelOptions)
            #expect(result.exitCode == 0)
            #expect(result.output == "in/picture: 0\nin/scan2.pgm: 0\nin/scan10.pgm: 0\n")
            #expect(result.errors == "")
        }
    }

    @Test func namesAreLeftOutOfAPipe() throws {
        let command = try commandWithModel(["a.pgm", "b.pgm"])
        defer { command.remove() }
        let result = try command.run(["read", "a.pgm", "b.pgm"] + Self.modelOptions)
        #expect(result.output == "0\n0\n")
    }

    @Test func patternsStandForTheirFiles() throws {
        let command = try commandWithModel(["a2.pgm", "a10.pgm", "b.pgm", "[c].pgm"])
        defer { command.remove() }
        func names(_ pattern: String) throws -> [String] {
            let output = try command.run(["read", pattern, "-H"] + Self.modelOptions).output
            return output.split(separator: "\n").map { String($0.dropLast(3)) }
        }
        #expect(try names("a*.pgm") == ["a2.pgm", "a10.pgm"])
        #expect(try names("?.pgm") == ["b.pgm"])
        // A file of that name is meant before those that the pattern stands for.
        #expect(try names("[c].pgm") == ["[c].pgm"])
    }

    @Test func aPictureComesFromStandardInput() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        let result = try command.run(
            ["read", "-", "-H"] + Self.modelOptions,
            inputPath: command.directory.appending(path: "bar.pgm").path)
        #expect(result.exitCode == 0)
        #expect(result.output == "-: 0\n")
    }

    @Test func eachPictureIsAnObjectOnALine() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        try command.write(DrawnPictures.blank, as: "blank.pgm")
        let result = try command.run(
            ["read", "bar.pgm", "blank.pgm", "none.pgm", "--json"] + Self.modelOptions)
        #expect(result.exitCode == 1)
        let lines = result.output.split(separator: "\n")
        try #require(lines.count == 3)
        let tenths = Array(repeating: "0.1", count: 10).joined(separator: ",")
        #expect(
            lines[0].replacing(/"box":\[\d+,\d+,\d+,\d+\]/, with: "\"box\":[]")
                == #"{"file":"bar.pgm","width":40,"height":40,"text":"0","lines":[{"text":"0","confidence":0.1,"box":[],"angle":0,"digits":[{"digit":0,"confidence":0.1,"box":[],"probabilities":["#
                + tenths + #"]}]}],"refused":null}"#)
        #expect(
            lines[1].hasPrefix(
                #"{"file":"blank.pgm","width":60,"height":40,"text":"","lines":[],"refused":"blank","reason":"Nothing stands out"#
            ))
        #expect(
            lines[2]
                == #"{"file":"none.pgm","width":null,"height":null,"text":"","lines":[],"refused":"unreadable","reason":"There is no such file. Check the path."}"#
        )
    }

    @Test func theBoxIsWhereTheInkIs() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        let output = try command.run(["read", "bar.pgm", "--json", "--dark-ink"] + Self.modelOptions).output
        let match = try #require(output.firstMatch(of: /"box":\[(\d+),(\d+),(\d+),(\d+)\]/))
        let box = [match.1, match.2, match.3, match.4].map { Int($0)! }
        // Small pictures are enlarged, which spreads edges, and boxes are rounded outwards: a pixel more at each side.
        for (number, truth) in zip(box, [18, 8, 4, 24]) { #expect(abs(number - truth) <= 2) }
    }

    @Test func eachNumberIsARowOfATable() throws {
        let command = try commandWithModel(["a,b.pgm", "c.pgm"])
        defer { command.remove() }
        let arguments = ["read", "a,b.pgm", "c.pgm", "--csv", "table.csv"] + Self.modelOptions
        let result = try command.run(arguments)
        #expect(result.exitCode == 0)
        #expect(result.output == "0\n0\n")
        #expect(result.errors == "Wrote table.csv\n")
        let table = try command.text("table.csv")
        let rows = table.split(separator: "\n")
        try #require(rows.count == 3)
        #expect(rows[0] == "file,page,line,text,confidence,x,y,width,height,angle,refused")
        #expect(rows[1].wholeMatch(of: /"a,b.pgm",1,1,0,0\.1,\d+,\d+,\d+,\d+,0,/) != nil)
        #expect(rows[2].hasPrefix("c.pgm,1,1,0,0.1,"))

        let again = try command.run(arguments)
        #expect(again.exitCode == 1)
        #expect(again.output == "")
        #expect(again.errors.contains("'table.csv': File exists. Choose another name"))
        #expect(try command.text("table.csv") == table)
    }

    /// So that a table has all that was asked for.
    @Test func aPictureWithoutNumbersIsARowToo() throws {
        let command = try commandWithModel()
        defer { command.remove() }
        try command.write(DrawnPictures.blank, as: "blank.pgm")
        let result = try command.run(
            ["read", "none.pgm", "blank.pgm", "bar.pgm", "--csv", "table.csv"] + Self.modelOptions)
        #expect(result.exitCode == 1)
        let rows = try command.text("table.csv").split(separator: "\n")
        try #require(rows.count == 4)
        #expect(rows[1] == "none.pgm,1,,,,,,,,,unreadable")
        #expect(rows[2] == "blank.pgm,1,,,,,,,,,blank")
        #expect(rows[3].hasPrefix("bar.pgm,1,1,0,0.1,") && rows[3].hasSuffix(",0,"))
    }

    /// What a shell puts in place of `<(…)`, and what is piped into the command under any of its names.
    @Test(arguments: ["/dev/stdin", "/dev/fd/0", "/dev/fd/5"])
    func aPipeThatIsOpenIsRead(path: String) throws {
        let command = try commandWithModel()
        defer { command.remove() }
        let words = try [BuiltCommand.executable.path, "read", path, "-H"] + Self.modelOptions
        let line = "cat bar.pgm | \(words.joined(separator: " ")) 5<&0"
        let result = try Program(URL(fileURLWithPath: "/bin/sh"), in: command.directory).run(["-c", line])
        #expect(result.exitCode == 0 && result.errors == "", "\(result.errors)")
        #expect(result.output == "\(path): 0\n")
    }

    @Test func theOrderIsThatOfTheArguments() throws {
        let command = try commandWithModel([])
        defer { command.remove() }
        // The first ones take longest.
        let sides = (0..<24).map { 600 - 24 * $0 }
        for (index, side) in sides.enumerated() {
            try command.write(
                DrawnPictures.pgm(rows: side, columns: side) { $0 == $1 ? 0 : 255 }, as: "\(index).pgm")
        }
        let names = sides.indices.map { "\($0).pgm" }
        let single = try command.run(["read", "--json", "--jobs", "1"] + names + Self.modelOptions)
        let widths = single.output.split(separator: "\n").compactMap { line in
            line.firstMatch(of: /"width":(\d+)/).flatMap { Int($0.1) }
        }
        #expect(widths == sides)
        for jobs in ["2", "5"] {
            let several = try command.run(["read", "--json", "--jobs", jobs] + names + Self.modelOptions)
            #expect(several.output == single.output)
        }
    }

    @Test(.enabled(if: DrawnPictures.tiffCanBeRead))
    func eachPageIsReadInOrder() throws {
        let command = try commandWithModel(["z.pgm"])
        defer { command.remove() }
        try command.write(DrawnPictures.tiff(pages: 40), as: "scan.tif")
        let result = try command.run(["read", "scan.tif", "z.pgm", "-H", "--jobs", "3"] + Self.modelOptions)
        #expect(result.exitCode == 0)
        #expect(
            result.output == (1...40).map { "scan.tif, page \($0): 0\n" }.joined() + "z.pgm: 0\n")
        let object = try command.run(["read", "scan.tif", "--json"] + Self.modelOptions).output
        #expect(object.split(separator: "\n")[6].hasPrefix(#"{"file":"scan.tif","page":7,"width":40,"#))
    }

    /// A page that cannot be read, the first or another, is told of, and counts as one; the others are read.
    @Test(.enabled(if: DrawnPictures.tiffCanBeRead), arguments: [1, 2, 3])
    func pagesAreReadWhereOneCannotBe(bad: Int) throws {
        let command = try commandWithModel()
        defer { command.remove() }
        try command.write(DrawnPictures.tiff(pages: 3, larger: [bad]), as: "scan.tif")
        for options in [[], ["--max-pixels", "1600"]] {
            let result = try command.run(["read", "scan.tif", "bar.pgm", "-H"] + options + Self.modelOptions)
            #expect(result.exitCode == 1)
            let pages = (1...3).filter { $0 != bad }.map { "scan.tif, page \($0): 0\n" }
            #expect(result.output == pages.joined() + "bar.pgm: 0\n")
            let errors = result.errors.split(separator: "\n")
            #expect(errors.count == 2 && errors[0].hasPrefix("digits: error: scan.tif, page \(bad): The "))
            #expect(errors.last == "digits: error: 1 of 4 pictures could not be read.")
        }
    }
}
