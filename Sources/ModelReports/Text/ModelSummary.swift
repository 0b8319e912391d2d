package import DigitRecognition
import Evaluation
import PlainText
import TerminalGraphics

/// What a model's file says about it, beside its layers.
package enum ModelSummary {
    /// Each fact beside its name.
    /// - Parameter columns: Characters of a line; nil where nothing limits it.
    package static func lines(_ model: Model, path: String, columns: Int?) -> [String] {
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
        return facts.map { name, fact in
            // A file may claim that a name has several lines.
            "\(name.padded(to: width, .left))  \(fact.visible)".wrapped(to: columns, indentation: width + 2)
        }
    }
}

extension ModelInformation.AccuracyRecord {
    /// `99.70% ± 0.11 (9,970/10,000)`; nil for a record that cannot be: a file may claim anything.
    package var text: String? {
        guard correct >= 0, correct <= count, count > 0 else { return nil }
        return ProportionInterval(correct: correct, count: count).textWithErrorBar
    }
}
