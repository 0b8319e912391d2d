import Foundation
import TestSupport
import Testing

/// What `digits train` refuses, in which words, and that it leaves nothing behind.
@Suite struct TrainRefusalTests {
    @Test(arguments: [
        (["--epochs", "0"], "--epochs is 0, but must be 1 to 1,000,000."),
        (["--batch-size", "-1"], "--batch-size is -1, but must be 1 to 4,096."),
        (["--batch-size", "99999999"], "--batch-size is 99999999, but must be 1 to 4,096."),
        (["--validation-split", "1.5"], "--validation-split is 1.5, but must be at least 0 and below 1."),
        (["--validation-split", "-0.1"], "--validation-split is -0.1, but must be at least 0 and below 1."),
        (["--validation-split", "nan"], "--validation-split is nan, but must be at least 0 and below 1."),
        (
            ["--validation-split", "0.99999"],
            "--validation-split is 0.99999, which leaves none of the 60,000 training images to train on."
        ),
        (["--threads", "0"], "--threads is 0, but must be 1 to 256."),
        (["--learning-rate", "0"], "--learning-rate is 0, but must be a number above 0."),
        (["--learning-rate", "-1"], "--learning-rate is -1, but must be a number above 0."),
        (["--learning-rate", "inf"], "--learning-rate is inf, but must be a number above 0."),
        (["--recipe", "notbook"], "Unknown recipe 'notbook'. Did you mean 'notebook'?"),
        (
            ["--recipe", "xyzzy"],
            "Unknown recipe 'xyzzy'. There are: notebook, lenet5, fast, accurate, ensemble, tiny, reader."
        ),
        (["--members", "0"], "--members is 0, but must be 1 to 100."),
        (["--members", "101"], "--members is 101, but must be 1 to 100."),
        (
            ["--augmentation", "standard/none"],
            "--augmentation has 2 forms for members to take turns, but there is 1 network. "
                + "Leave forms out, or add --members 2."
        ),
        (
            ["--members", "2", "--augmentation", "none/none/shift:1"],
            "--augmentation has 3 forms for members to take turns, but there are 2. Leave forms out, or add --members 3."
        ),
        (
            ["--members", "2", "--augmentation", "none/scale:-1"],
            "--augmentation has scale -1, but must be 0 to 0.9."
        ),
        (
            ["--augmentation", "standard/"],
            "The value 'standard/' is invalid for '--augmentation <augmentation>': expected none, standard, or amounts of "
                + "rotation, scale, shear, shift, elasticity, thickness, erasing, noise, damage, as in rotation:10,shift:2"
        ),
        (["--augmentation", "rotation:200"], "--augmentation has rotation 200, but must be 0 to 180."),
        (["--augmentation", "scale:-0.5"], "--augmentation has scale -0.5, but must be 0 to 0.9."),
        (
            ["--augmentation", "spin:3"],
            "The value 'spin:3' is invalid for '--augmentation <augmentation>': expected none, standard, or amounts of "
                + "rotation, scale, shear, shift, elasticity, thickness, erasing, noise, damage, as in rotation:10,shift:2"
        ),
        (
            ["--recipe", "accurate", "--epochs", "1", "--schedule", "cosine,warm-up:1"],
            "The schedule cosine,warm-up:1 needs more than 1 epochs to take effect, but the run has 1; "
                + "train for more epochs or shorten the schedule."
        ),
        (
            ["--recipe", "fast", "--time-limit", "5s"],
            "The schedule one-cycle needs to know the run's length, which a time limit leaves open; give epochs alone, "
                + "or a schedule that goes by epochs (constant, step, exponential)."
        ),
        (["--dataset", "mnits"], "Unknown data set 'mnits'. Did you mean 'mnist'?"),
        (
            ["--seed", "-1"],
            "The value '-1' is invalid for '--seed <seed>': expected a whole number from 0 to 18446744073709551615"
        ),
        (
            ["--epochs", "1.5"],
            "The value '1.5' is invalid for '--epochs <epochs>': expected a whole number"
        ),
        (
            ["--learning-rate", "abc"],
            "The value 'abc' is invalid for '--learning-rate <learning-rate>': expected a number such as 0.01"
        ),
        (["--plot", "--quiet"], "--plot and --quiet exclude each other. Give one of them."),
        (["--plot", "--json"], "--plot and --json exclude each other. Give one of them."),
        (["--output", ""], "--output is empty. Name a folder, or leave the option out."),
        (
            ["--normalization", "l3"],
            "The value 'l3' is invalid for '--normalization <normalization>': did you mean 'l2'?"
        ),
    ])
    func settingsOutOfRangeAreMisuse(arguments: [String], message: String) throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(["train"] + arguments)
        #expect(result.exitCode == 64)
        #expect(result.output == "")
        #expect(
            result.errors == "digits: error: \(message)\nSee 'digits train --help' for more information.\n")
        #expect(try command.files() == [])
    }

    @Test func aSplitIsHeldToTheImagesThatAreThere() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        try FabricatedData.writeBothSplits(to: command.directory.appending(path: "data"))
        let result = try command.run(
            ["train", "--dataset", "fashion-mnist", "--data", "data", "--validation-split", "0.999"])
        #expect(result.exitCode == 64)
        #expect(
            result.errors.hasPrefix(
                "digits: error: --validation-split is 0.999, which leaves none of the 600 training images to train on.\n"
            ))
    }

    @Test(arguments: [
        ("file/run", "Cannot write 'file/run': Not a directory. Check the directories in the path."),
        (
            "file",
            "'file' is no folder, and a run writes into one. Name a folder that is empty or does not exist."
        ),
        (
            "full",
            "'full' is not empty, and a run overwrites nothing. Name a folder that is empty or does not exist, or add --force to replace what is there."
        ),
    ])
    func aPlaceThatCannotBeUsedIsToldAtOnce(output: String, message: String) throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        try Data("kept".utf8).write(to: command.directory.appending(path: "file"))
        let full = command.directory.appending(path: "full")
        try FileManager.default.createDirectory(at: full, withIntermediateDirectories: true)
        try Data("kept".utf8).write(to: full.appending(path: "model.safetensors"))

        let result = try command.run(["train", "--output", output])
        #expect(result.exitCode == 1)
        #expect(result.output == "")
        #expect(result.errors == "digits: error: \(message)\n", "Nothing was loaded before.")
        #expect(try command.files() == ["file", "full", "full/model.safetensors"])
        #expect(try String(contentsOf: full.appending(path: "model.safetensors"), encoding: .utf8) == "kept")
    }

    @Test func aFileWhereRunsAreKeptIsToldAtOnce() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        try Data().write(to: command.directory.appending(path: "runs"))
        let result = try command.run(["train"])
        #expect(result.exitCode == 1)
        #expect(
            result.errors
                == "digits: error: Cannot write 'runs': Not a directory. Check the directories in the path.\n"
        )
    }

    @Test func missingDataLeavesNoRun() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        let result = try command.run(["train", "--data", "nowhere"])
        #expect(result.exitCode == 1)
        let folder = command.directory.resolvingSymlinksInPath().appending(path: "nowhere").path
        #expect(
            result.errors
                == "digits: error: \(folder) lacks train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, "
                + "t10k-images-idx3-ubyte.gz, t10k-labels-idx1-ubyte.gz of the data set mnist. The files have to lie in "
                + "it or in its sub-folder mnist, with or without .gz.\n")
        #expect(try command.files() == [])
    }

    @Test func aModelThatCannotBeWrittenEndsTheRun() throws {
        let command = try BuiltCommand()
        defer { command.remove() }
        try FabricatedData.writeBothSplits(to: command.directory.appending(path: "data"))
        // The run's folder is taken away; a full disk fails at the same place.
        let result = try command.run(
            [
                "train", "--recipe", "lenet5", "--validation-split", "0.1", "--dataset", "fashion-mnist",
                "--data",
                "data", "--epochs", "1000",
            ],
            interferingAt: "Epoch 1/1000"
        ) { _ in
            let run = command.directory.appending(path: "runs/lenet5-0001")
            try? FileManager.default.moveItem(at: run, to: command.directory.appending(path: "elsewhere"))
        }
        #expect(result.exitCode == 1)
        // Which files fail first, and at their temporary file or at getting their name, depends on the moment.
        #expect(result.errors.contains("digits: error: Cannot "))
        #expect(result.errors.contains(" 'runs/lenet5-0001/"))
        #expect(result.errors.contains("No such file or directory. Create the directory first"))
        #expect(result.errors.contains("\nTraining stopped. "))
    }
}
