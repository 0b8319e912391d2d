import DigitRecognition
import Figures
import FoundationBasics
import PlainText
import ReportPages

/// How a model was trained, as far as its file and its run tell.
struct TrainingSection {
    let information: ModelInformation
    let history: History?

    /// The curves and the settings.
    var section: PageSection {
        var blocks: [PageBlock] = []
        if let history, !history.epochs.isEmpty {
            // Without validation, no epoch was chosen.
            let best = history["val_loss"].isEmpty ? nil : history.bestEpoch
            let curves = TrainingCurves(
                history.epochs, best: best, labelSmoothing: information.settings[\.labelSmoothing] ?? 0)
            blocks.append(.figure(.trainingCurves(curves, title: "Loss and accuracy")))
        } else {
            blocks.append(
                .paragraph("There are no curves: no \(History.fileName) lies beside the model."))
        }
        return PageSection("Training", blocks + [.facts(facts)])
    }

    private var facts: [PageFact] {
        var facts = [PageFact("Recipe", information.recipe ?? "none")]
        facts += information.settings.texts.sorted { $0.key < $1.key }
            .map { PageFact($0.key.split(separator: "_").joined(separator: " "), $0.value) }
        facts.append(PageFact("Loss", information.loss.rawValue))
        facts.append(PageFact("Normalization", "\(information.normalization)"))
        facts.append(PageFact("Seed", information.seed.map { "\($0)" } ?? "unknown"))
        if let dataset = information.dataset {
            facts.append(PageFact("Trained on", dataset.name, note: "SHA-256 \(dataset.sha256)"))
        }
        return facts
    }

    /// The members of `report.json`.
    var json: [(String, JSONText)] {
        var members: [(String, JSONText)] = [
            ("recipe", information.recipe.map(JSONText.string) ?? .null),
            (
                "settings",
                .object(
                    information.settings.texts.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
            ),
            ("loss_function", .string(information.loss.rawValue)),
            ("normalization", .string("\(information.normalization)")),
            ("seed", information.seed.map { .string("\($0)") } ?? .null),
            (
                "trained_on",
                information.dataset.map {
                    .object([("name", .string($0.name)), ("sha256", .string($0.sha256))])
                } ?? .null
            ),
        ]
        if let history { members.append(("history", .array(history.epochs.map { .object($0.members) }))) }
        return members
    }
}
