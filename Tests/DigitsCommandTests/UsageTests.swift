import Testing

/// What the command says about itself, and how it answers a command line that makes no sense.
@Suite struct UsageTests {
    @Test func versionIsPrinted() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(["--version"])
        #expect(result.exitCode == 0)
        #expect(result.output == "0.1.0\n")
        #expect(result.errors == "")
    }

    @Test(arguments: [
        [], ["data"], ["data", "fetch"], ["data", "verify"], ["data", "where"], ["show"], ["notebook"],
        ["summary"], ["train"], ["evaluate"], ["predict"],
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
    }

    @Test(arguments: [
        (["shwo"], "Unknown command 'shwo'. Did you mean 'show'?\nSee 'digits --help' for more information."),
        (
            ["data", "fecth"],
            "Unknown command 'fecth'. Did you mean 'fetch'?\nSee 'digits data --help' for more information."
        ),
        (
            ["xyzzy"],
            "Unknown command 'xyzzy'. There are: notebook, data, show, summary, train, evaluate, predict.\nSee 'digits --help' for more information."
        ),
        (
            ["show", "--indx", "3"],
            "Unknown option '--indx'. Did you mean '--index'?\nSee 'digits show --help' for more information."
        ),
        (
            ["show", "--index", "seven"],
            "The value 'seven' is invalid for '--index <index>'\nSee 'digits show --help' for more information."
        ),
        (
            ["show", "--index", "-1"],
            "--index is -1, but pictures are numbered from 0.\nSee 'digits show --help' for more information."
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
        #expect(result.errors.hasPrefix("digits: error: The value '\(grid)' is invalid for '--grid"))
    }
}
