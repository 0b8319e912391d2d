import Datasets
import DigitRecognition
import PlainText
import ReportPages

/// Where the numbers come from, and how to get them again.
struct OriginSection {
    let subject: ReportSubject

    /// Model, data with their hashes, version and command.
    var section: PageSection {
        let information = subject.model.information
        var facts = [
            PageFact("Model", subject.path, note: "written by digits \(information.packageVersion)"),
            PageFact(
                "Pictures", subject.imagesTitle, note: "\(NumberText.grouped(subject.images.count)) pictures"),
        ]
        for (name, hash) in subject.fileHashes.sorted(by: { $0.key < $1.key }) {
            facts.append(PageFact(name, hash, note: "SHA-256"))
        }
        facts.append(PageFact("Evaluated by", "digits \(ModelInformation.currentVersion)"))
        guard let command = subject.command else { return PageSection("Origin", [.facts(facts)]) }
        return PageSection(
            "Origin",
            [
                .facts(facts), .paragraph("The same report again, with the data at the same place:"),
                .command(command),
            ])
    }

    /// The members of `report.json`.
    var json: [(String, JSONText)] {
        [
            ("model", .string(subject.path)),
            ("model_package_version", .string(subject.model.information.packageVersion)),
            (
                "data_sha256",
                .object(
                    subject.fileHashes.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
            ),
            ("package_version", .string(ModelInformation.currentVersion)),
            ("command", subject.command.map(JSONText.string) ?? .null),
        ]
    }
}
