import ArgumentParser
import DigitRecognition

/// The command `digits`.
struct Digits: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digits",
        abstract: "Reads handwritten digits: pictures, data, training, evaluation.",
        discussion: """
            EXAMPLES:
              digits read photo.jpg        the numbers in a picture
              digits predict --index 7     a digit of MNIST, with a shipped model
              digits data fetch            get MNIST once, checked and kept in the cache
              digits show --grid 4x8       look at some digits
              digits notebook              the classic notebook, start to end
              digits summary --recipe notebook
              digits train --epochs 5      train a model into a folder under runs
              digits evaluate runs/notebook-0001
              digits predict runs/notebook-0001 --index 7
              digits explain runs/notebook-0001 --index 7
              digits -V                    the version
            """,
        version: ModelInformation.currentVersion,
        subcommands: [
            ReadCommand.self, NotebookCommand.self, DataCommand.self, ShowCommand.self, SummaryCommand.self,
            TrainCommand.self,
            ModelsCommand.self, EvaluateCommand.self, PredictCommand.self, ExplainCommand.self,
            CompareCommand.self,
            CalibrateCommand.self, AverageCommand.self,
        ])
}
