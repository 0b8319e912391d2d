import Assessment
import DigitRecognition
import Evaluation
import ModelReports
import PlainText
import TerminalGraphics
import TrainingRuns

/// What a training run came to, as text and as JSON.
struct TrainingReport {
    let outcome: RunOutcome
    /// The report on the trained model, if one was asked for.
    let page: ReportFolder?
    /// What it was trained with.
    let learningRate: Float

    /// Scores, speed, and what was written where.
    /// - Parameter columns: Characters of a line; nil where nothing limits it.
    func lines(columns: Int?) -> [String] {
        let folder = outcome.folder
        var files = [(folder.model, modelState)]
        if let best = outcome.bestEpoch {
            files.append(
                (folder.bestModel, "the model after epoch \(best.epoch), which had the smallest val_loss"))
        }
        if outcome.members > 1 {
            files.append(("\(folder.path)/member-1 …", "the run of each member"))
        } else {
            files += [
                (folder.history, "loss and accuracy of each epoch"),
                (folder.curves, "the same as a figure"),
            ]
        }
        files.append((folder.settings, "the settings, enough to repeat the run"))
        if let page {
            files += [
                (page.page, "a page with figures of everything, for any browser"),
                (page.numbers, "its numbers"),
            ]
        }
        let width = files.reduce(0) { max($0, $1.0.count) }
        return [
            "Training images: accuracy \(outcome.training.accuracy.text), "
                + "loss \(NumberText.fixed(outcome.training.loss, decimals: 4))",
            "Test images:     accuracy \(outcome.test.accuracy.textWithErrorBar), "
                + "loss \(NumberText.fixed(outcome.test.loss, decimals: 4))",
            "Trained in \(NumberText.duration(outcome.seconds)), "
                + "\(NumberText.grouped(Int(outcome.imagesPerSecond.rounded()))) images/s.",
            "", "Written:",
        ]
            + files.map { path, contents -> String in
                let line = "  \(path.padded(to: width, .left))  \(contents)"
                // Beside long paths there is no room: then what a file holds stands under it.
                return line.count <= columns ?? .max ? line : "  \(path)\n    \(contents)"
            }
    }

    /// Which model a run has ended with.
    private var modelState: String {
        switch outcome.modelState {
        case .lastEpoch: "the model after the last epoch"
        case .timeLimit: "the model at the time limit"
        case .bestEpoch(let epoch, let count): "the model after epoch \(epoch), the best of \(count)"
        case .averageOfSteps: "the average of the models after each step"
        case .averageOfMembers: "the average of the \(outcome.members) members"
        }
    }

    /// That the model reads no more test images right than the name of the commonest class alone would, and what to try; nil
    /// where it has learned something.
    var warning: String? {
        let (accuracy, supports) = (outcome.test.accuracy, outcome.test.confusion.supports)
        // Few images, or images of one class, tell nothing.
        guard let most = supports.max(), most < accuracy.count, let common = supports.firstIndex(of: most),
            accuracy.lowerBound <= Double(most) / Double(accuracy.count),
            accuracy.share < 2 * Double(most) / Double(accuracy.count)
        else { return nil }
        return
            "The network has learned nothing: \(NumberText.percent(accuracy.share)) of the test images are read right, "
            + "and \(NumberText.percent(Double(most) / Double(accuracy.count))) would be by always saying "
            + "\(outcome.test.classNames[common]). Try a smaller --learning-rate than \(NumberText.plain(learningRate)), or more --epochs."
    }

    /// The event that ends a run.
    var json: JSONText {
        let folder = outcome.folder
        let members: [(String, JSONText)] = [
            ("event", "finished"), ("model", .string(folder.model)),
        ]
        let curves: [(String, JSONText)] =
            outcome.members > 1
            ? [("members", .integer(outcome.members))]
            : [("history", .string(folder.history)), ("curves", .string(folder.curves))]
        let results: [(String, JSONText)] = [
            ("train_accuracy", .number(outcome.training.accuracy.share)),
            ("test_loss", .number(outcome.test.loss)),
            ("test_accuracy", .number(outcome.test.accuracy.share)),
            ("seconds", .number(outcome.seconds)), ("images_per_second", .number(outcome.imagesPerSecond)),
            ("parameters", .integer(outcome.model.network.layout.parameterCount)),
        ]
        return .object(members + curves + results + (page.map { [("report", .string($0.page))] } ?? []))
    }

    /// What to type next.
    /// - Parameter arguments: Options that name the data.
    func suggestions(_ arguments: String) -> String {
        let model = ShellText.quoted(outcome.folder.model)
        return
            "Next: digits evaluate \(model)\(arguments)\n      digits predict \(model) --index 7\(arguments)"
    }
}
