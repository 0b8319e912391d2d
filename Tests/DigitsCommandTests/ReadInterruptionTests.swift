import DigitRecognition
import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// `digits read` that is not let come to its end.
@Suite struct ReadInterruptionTests {
    /// A blank picture, told of on standard error, and many after it.
    private func command(count: Int) throws -> BuiltCommand {
        let command = try BuiltCommand()
        try FabricatedModel.write(to: command.directory, classNames: (0...9).map(String.init))
        try command.write(DrawnPictures.bar, as: "bar.pgm")
        try command.write(DrawnPictures.blank, as: "in/0.pgm")
        for number in 1..<count {
            #expect(symlink("../bar.pgm", command.directory.appending(path: "in/\(number).pgm").path) == 0)
        }
        return command
    }

    private static let arguments = ["read", "in", "--single", "--model", "model.safetensors"]

    @Test(arguments: EndingSignals.all)
    func aSignalKeepsWhatWasRead(number: Int32) throws {
        let count = 20_000
        let command = try command(count: count)
        defer { command.remove() }
        let result = try command.run(
            Self.arguments + ["--csv", "table.csv", "--jobs", "1"], interferingAt: "0.pgm: "
        ) { kill($0.processIdentifier, number) }
        #expect(result.exitCode == 128 + number)
        let match = try #require(
            result.errors.firstMatch(
                of: /\nWrote table.csv\ndigits: Interrupted after ([\d,]+) of 20,000 files.\n$/))
        let readCount = try #require(Int(match.1.replacing(",", with: "")))
        #expect(readCount < count)
        // The header is one more.
        #expect(try command.text("table.csv").split(separator: "\n").count == readCount + 1)
        #expect(try !command.files().contains { $0.contains(".unfinished") })
        #expect(result.output.split(separator: "\n").count == readCount - 1)
    }

    /// One file, too, is left as it should be where more than printing is done.
    @Test(.enabled(if: DrawnPictures.tiffCanBeRead))
    func controlCFinishesTheFilesOfOnePicture() throws {
        let command = try command(count: 1)
        defer { command.remove() }
        // The first page is told of on standard error.
        try command.write(DrawnPictures.tiff(pages: 1000, larger: [1]), as: "scan.tif")
        let result = try command.run(
            ["read", "scan.tif"] + Self.arguments.dropFirst(2) + ["--jobs", "1", "--output", "seen"],
            interferingAt: "page 1: "
        ) { $0.interrupt() }
        #expect(result.exitCode == 130)
        #expect(
            result.errors.hasSuffix("digits: Interrupted after 0 of 1 files.\n"), "\(result.errors)")
        let readCount = result.output.split(separator: "\n").count
        #expect(readCount < 999)
        #expect(try command.files().count { $0.hasPrefix("seen/") } == readCount)
    }

    @Test(arguments: [false, true])
    func nobodyIsToldThatNobodyReads(hasTable: Bool) throws {
        let command = try command(count: 800)
        defer { command.remove() }
        let words =
            try [BuiltCommand.executable.path] + Self.arguments + (hasTable ? ["--csv", "table.csv"] : [])
        // `PIPESTATUS` is not in every shell.
        let line = "{ \(words.joined(separator: " ")); echo $? > code; } | head -1"
        let result = try Program(URL(fileURLWithPath: "/bin/sh"), in: command.directory).run(["-c", line])
        #expect(result.output == "0\n")
        let told = result.errors.split(separator: "\n").dropFirst()
        #expect(told == (hasTable ? ["Wrote table.csv"] : []))
        #expect(try command.text("code") == (hasTable ? "0\n" : "141\n"))
        if hasTable { #expect(try command.text("table.csv").split(separator: "\n").count == 801) }
    }

    /// All files are written, whoever reads what is printed.
    @Test func filesGoOnWhereNobodyReads() throws {
        let count = 30
        let command = try command(count: count)
        defer { command.remove() }
        let words =
            try [BuiltCommand.executable.path] + Self.arguments + ["--jobs", "1", "--output", "seen"]
        let line = "{ \(words.joined(separator: " ")); echo $? > code; } | head -1"
        let result = try Program(URL(fileURLWithPath: "/bin/sh"), in: command.directory).run(["-c", line])
        #expect(result.output == "0\n")
        #expect(result.errors.split(separator: "\n").dropFirst() == ["Wrote 30 pictures into seen"])
        #expect(try command.text("code") == "0\n")
        #expect(try command.files().count { $0.hasPrefix("seen/") } == count)
    }
}
