package import DigitRecognition
import Evaluation
import PlainText
import TerminalGraphics

/// What a model's file says about it, beside its layers.
package enum ModelSummary {
    /// A line for each fact.
    package static func lines(_ model: Model, path: String) -> [String] {
        let information = model.information
        var facts = [
            ("Model", path), ("Recipe", information.recipe ?? "none"),
            ("Classes", information.classNames.joined(separator: ", ")),
            ("Normalization", "\(model.normalization)"), ("Loss", information.loss.rawValue),
            ("Seed", information.seed.map { "\($0)" } ?? "unknown"),
        ]
        if !information.settings.texts.isEmpty {
            let settings = information.settings.texts.sorted { $0.key < $1.key }
                .map { "\($0.key) \($0.value)" }
            facts.append(("Settings", settings.joined(separator: ", ")))
        }
        if let dataset = information.dataset {
            facts.append(("Trained on", "\(dataset.name), SHA-256 \(dataset.sha256)"))
        }
        if let accuracy = information.accuracy, let text = accuracy.text {
            facts.append(("Accuracy", "\(text) on the \(accuracy.split) images"))
        }
        if let temperature = information.temperature {
            facts.append(("Temperature", NumberText.fixed(temperature, decimals: 4)))
        }
        facts.append(("Written by", "digits \(information.packageVersion)"))
        let width = facts.reduce(0) { max($0, $1.0.count) }
        return facts.map { "\($0.0.padded(to: width, .left))  \($0.1)" }
    }
}

extension ModelInformation.AccuracyRecord {
    /// `99.70% ± 0.11 (9,970/10,000)`; nil for a record that cannot be: a file may claim anything.
    package var text: String? {
        guard correct >= 0, correct <= count, count > 0 else { return nil }
        return ProportionInterval(correct: correct, count: count).textWithErrorBar
    }
}
