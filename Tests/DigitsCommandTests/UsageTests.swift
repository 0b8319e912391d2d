import Foundation
import TestSupport
import Testing

/// What the command says about itself, and how it answers a command line that makes no sense.
@Suite struct UsageTests {
    @Test(arguments: ["--version", "-V"]) func versionIsPrinted(option: String) throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run([option])
        #expect(result.exitCode == 0)
        #expect(result.output == "0.1.0\n")
        #expect(result.errors == "")
    }

    @Test(arguments: [
        [], ["read"], ["data"], ["data", "fetch"], ["data", "verify"], ["data", "where"],
        ["data", "corrupt"], ["show"], ["notebook"], ["summary"], ["train"], ["evaluate"], ["predict"],
        ["explain"],
        ["compare"], ["calibrate"], ["models"], ["average"],
    ])
    func helpLeadsWithExamples(command path: [String]) throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(path + ["--help"])
        #expect(result.exitCode == 0)
        #expect(result.errors == "")
        let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0].hasPrefix("OVERVIEW: "))
        #expect(lines[2] == "EXAMPLES:")
        #expect(lines[3].hasPrefix("  "))
        #expect(lines.allSatisfy { $0.count <= 80 }, "Help fits a terminal of 80 columns.")
        #expect(lines[3...].prefix { $0 != "" }.allSatisfy { $0.hasPrefix("  ") }, "No example is broken.")
    }

    #if os(Linux)
        @Test(arguments: [
            ["--help"], ["--version"], ["help", "read"], ["data", "--help"], ["models"],
            ["models", "--json"], ["summary", "tiny"], ["--generate-completion-script", "bash"],
        ])
        func outputThatCannotBeWrittenIsAFailure(arguments: [String]) throws {
            let command = try BuiltCommand()
            defer { command.remove() }
            let result = try command.run(arguments, outputPath: "/dev/full")
            #expect(result.exitCode == 1)
            #expect(
                result.errors
                    == "digits: error: The output could not be written: No space left on device.\n")
        }
    #endif

    @Test(arguments: [
        (["shwo"], "Unknown command 'shwo'. Did you mean 'show'?\nSee 'digits --help' for more information."),
        (
            ["data", "fecth"],
            "Unknown command 'fecth'. Did you mean 'fetch'?\nSee 'digits data --help' for more information."
        ),
        (
            ["xyzzy"],
            "Unknown command 'xyzzy'. There are: read, notebook, data, show, summary, train, models, evaluate, predict, explain, compare, calibrate, average.\nSee 'digits --help' for more information."
        ),
        (
            ["show", "--indx", "3"],
            "Unknown option '--indx'. Did you mean '--index'?\nSee 'digits show --help' for more information."
        ),
        (
            ["show", "--index", "seven"],
            "The value 'seven' is invalid for '--index <index>': expected a whole number from 0, or several such as 0-99 or 3,7,42\nSee 'digits show --help' for more information."
        ),
        (
            ["show", "--index", "-1"],
            "The value '-1' is invalid for '--index <index>': expected a whole number from 0, or several such as 0-99 or 3,7,42\nSee 'digits show --help' for more information."
        ),
        (
            ["help", "trian"],
            "Unknown command 'trian'. Did you mean 'train'?\nSee 'digits --help' for more information."
        ),
        (
            ["help", "data", "fecth"],
            "Unknown command 'fecth'. Did you mean 'fetch'?\nSee 'digits data --help' for more information."
        ),
        (
            ["predict", "model", "--indx", "7"],
            "Unknown option '--indx'. Did you mean '--index'?\nSee 'digits predict --help' for more information."
        ),
        (
            ["predict", "model", "7"],
            "Unexpected argument '7'. Did you mean '--index 7'?\nSee 'digits predict --help' for more information."
        ),
        (
            ["predict", "model", "other"],
            "Unexpected argument 'other'\nSee 'digits predict --help' for more information."
        ),
        (
            ["evaluate", "model", "7"],
            "Unexpected argument '7'\nSee 'digits evaluate --help' for more information."
        ),
        (
            ["evaluate", "model", "--splt", "test"],
            "Unknown option '--splt'. Did you mean '--split'?\nSee 'digits evaluate --help' for more information."
        ),
        (
            ["summary", "--recipee", "notebook"],
            "Unknown option '--recipee'. Did you mean '--recipe'?\nSee 'digits summary --help' for more information."
        ),
        (
            ["show", "--index", "1", "--grid", "2x2"],
            "--index and --grid exclude each other. Give one of them.\nSee 'digits show --help' for more information."
        ),
        (
            ["show", "--dataset", "fashon-mnist"],
            "Unknown data set 'fashon-mnist'. Did you mean 'fashion-mnist'?\nSee 'digits show --help' for more information."
        ),
        (
            ["train", "--lr", "0.1"],
            "Unknown option '--lr'. Did you mean '--learning-rate'?\nSee 'digits train --help' for more information."
        ),
        (
            ["train", "--batch_size=64"],
            "Unknown option '--batch_size'. Did you mean '--batch-size'?\nSee 'digits train --help' for more information."
        ),
        (
            ["train", "--device", "cuda"],
            "Unknown option '--device'. Everything is computed on the processor; there is no device to choose.\n"
                + "See 'digits train --help' for more information."
        ),
        (
            ["train", "--init", "he"],
            "Unknown option '--init'. A recipe's layers say how their weights begin, as Keras's do; "
                + "--seed says with which random numbers.\nSee 'digits train --help' for more information."
        ),
        (
            ["train", "--class", "3"],
            "Unknown option '--class'. It is an option of 'digits show', 'digits explain'.\n"
                + "See 'digits train --help' for more information."
        ),
        (
            ["train", "--model", "lenet5"],
            "Unknown option '--model'. Did you mean '--recipe'?\nSee 'digits train --help' for more information."
        ),
        (
            ["evaluate", "--model", "tiny"],
            "Unknown option '--model'. A model is named without an option, as in 'digits evaluate runs/first'.\n"
                + "See 'digits evaluate --help' for more information."
        ),
        (
            ["train", "--xyzzy"], "Unknown option '--xyzzy'\nSee 'digits train --help' for more information."
        ),
        (
            ["explain", "--index", "7", "--index", "8"],
            "--index is given twice, but takes one value. Give it once.\nSee 'digits explain --help' for more information."
        ),
        (
            ["train", "--epochs=1", "--threads", "1", "--epochs", "2"],
            "--epochs is given twice, but takes one value. Give it once.\nSee 'digits train --help' for more information."
        ),
        (
            ["show", "--data", ""],
            "--data is empty. Name the folder that holds the data set's files.\nSee 'digits show --help' for more information."
        ),
    ])
    func misuseIsOneMessageAndExitCode64(arguments: [String], message: String) throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(arguments)
        #expect(result.exitCode == 64)
        #expect(result.output == "")
        #expect(result.errors == "digits: error: \(message)\n")
        #expect(try command.files() == [])
    }

    @Test(arguments: ["", "4", "4x", "0x8", "4x-8", "4x8x2", "1001x1", "99999999999999999999x1"])
    func impossibleGridsAreMisuse(grid: String) throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(["show", "--grid", grid])
        #expect(result.exitCode == 64)
        #expect(
            result.errors.hasPrefix(
                "digits: error: The value '\(grid)' is invalid for '--grid <rows>x<columns>': "
                    + "expected rows×columns such as 4x8, each at least 1 and at most 1000\n"))
    }

    @Test(arguments: [
        ("--index", "7,", "expected a whole number from 0, or several such as 0-99 or 3,7,42"),
        ("--index", "9-7", "expected a whole number from 0, or several such as 0-99 or 3,7,42"),
        ("--split", "tset", "did you mean 'test'?"),
        ("--split", "xyzzy", "expected one of train, test"),
        ("--normalization", "unit", "did you mean 'unit-range'?"),
        (
            "--normalization", "xyzzy",
            "expected one of l2, l2(axis:2), unit-range, standardized, none"
        ),
    ])
    func aValueThatCannotBeReadIsAnsweredWithWhatIsExpected(
        option: String, value: String, expected: String
    ) throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(["show", option, value])
        #expect(result.exitCode == 64)
        #expect(
            result.errors.hasPrefix("digits: error: The value '\(value)' is invalid for '\(option) <"))
        #expect(result.errors.contains(">': \(expected)\n"))
    }

    @Test(arguments: ["train", "show", "notebook", "data fetch", "data verify", "data where"])
    func commandsWithoutAModelMeanMNIST(command name: String) throws {
        #expect(
            try help(name).contains(
                "emnist-digits, emnist-letters, emnist-balanced, synthetic. (default: mnist)"))
    }

    @Test(arguments: ["evaluate", "predict"])
    func commandsWithAModelMeanItsData(command name: String) throws {
        #expect(
            try help(name).contains(
                "emnist-digits, emnist-letters, emnist-balanced, synthetic. (default: the model's, else mnist)"
            ))
    }

    @Test(arguments: ["train", "show", "explain", "calibrate", "average", "read"])
    func outputHasAShortName(command name: String) throws {
        #expect(try help(name).contains(" -o, --output <"))
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func shellsCompleteCommandsAndOptions(shell: String) throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(["--generate-completion-script", shell])
        #expect(result.exitCode == 0)
        for word in ["calibrate", "learning-rate", "fashion-mnist"] { #expect(result.output.contains(word)) }
    }

    @Test func theManualHasEveryCommand() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        let folder = try TemporaryFolder()
        let result = try Program(
            root.appending(path: "Utilities/manual.sh").standardizedFileURL, in: folder.url
        ).run([
            BuiltCommand.executable.path
        ])
        #expect(result.exitCode == 0, "\(result.errors)")
        for line in [".TH DIGITS 1 \"\" \"digits 0.1.0\"", ".SS digits train", ".SS digits data corrupt"] {
            #expect(result.output.contains("\(line)\n"))
        }
        #expect(result.output.contains("\\-\\-learning\\-rate"))
    }

    @Test func helpOfTrainTellsTheRecipesFigures() throws {
        let text = try help("train")
        for figures in [
            "training images. (default: 5 for notebook, lenet5; 1 for fast;",
            "Images in a step. (default: 32 for notebook, lenet5; 64 for fast,",
            "(default: l2 for notebook; unit-range for lenet5, fast, accurate, ensemble, tiny, reader)",
            "to the bit. (default: 1)",
        ] {
            #expect(text.contains(figures))
        }
    }

    /// The help of a command, each run of white space being one space.
    private func help(_ name: String) throws -> String {
        let command = try BuiltCommand()
        defer { command.remove() }
        let words = name.split(separator: " ").map(String.init) + ["--help"]
        return try command.run(words).output.split { $0.isWhitespace }.joined(separator: " ")
    }
}
