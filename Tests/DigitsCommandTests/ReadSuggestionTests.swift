import TestSupport
import Testing

/// Other commands that are given a picture file.
@Suite struct ReadSuggestionTests {
    @Test(arguments: [
        (
            ["predict", "photo"], 64,
            "'photo' is a picture (PNM). 'digits read photo' reads pictures; here a model is asked for."
        ),
        (["predict", "photo", "--index", "7"], 1, "'photo' is a picture (PNM). 'digits read photo' reads"),
        (["explain", "photo"], 64, "'photo' is a picture (PNM). 'digits read photo' reads"),
        (["evaluate", "photo"], 1, "'photo' is a picture (PNM). 'digits read photo' reads"),
        (
            ["predict", "my photo.JPG"], 64,
            "'my photo.JPG' looks like a picture's name. 'digits read 'my photo.JPG'' reads"
        ),
        (["predict", "photo", "b.jpg"], 64, "Unexpected argument 'b.jpg'. 'digits read' reads pictures.\n"),
        (
            ["predict", "photo", "b.jpg", "c.jpg"], 64,
            "2 unexpected arguments: 'b.jpg', 'c.jpg'. 'digits read' reads pictures.\n"
        ),
        (["photo"], 64, "'photo' is a picture (PNM). Did you mean 'digits read photo'?\n"),
    ])
    func theCommandThatReadsPicturesIsNamed(arguments: [String], code: Int32, sentence: String) throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        try command.write(DrawnPictures.bar, as: "photo")
        let result = try command.run(arguments)
        #expect(result.exitCode == code)
        #expect(result.output == "")
        #expect(result.errors.hasPrefix("digits: error: \(sentence)"), "\(result.errors)")
    }
}
