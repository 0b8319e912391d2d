/// Loss and accuracy over the epochs of a training, drawn with characters: side by side, or one above the other where the
/// terminal is narrow.
package struct TrainingChart: Sendable, Equatable {
    /// What was measured in each epoch; the validation's lists are empty without one. A number that is not finite leaves
    /// a gap.
    package private(set) var trainingLoss: [Double] = []
    package private(set) var trainingAccuracy: [Double] = []
    package private(set) var validationLoss: [Double] = []
    package private(set) var validationAccuracy: [Double] = []

    /// Narrower panels have no room for their titles.
    private static let panelWidths = 34...72
    private static let panelHeights = 3...10
    private static let gap = 3

    private static let training = DotCanvas.Style(color: 33, mark: "●", letter: "*")
    private static let validation = DotCanvas.Style(color: 208, mark: "■", letter: "o")

    /// Makes a chart without epochs.
    package init() {}

    /// Whether there is no epoch.
    package var isEmpty: Bool { trainingLoss.isEmpty }

    /// Adds what an epoch has come to.
    /// - Parameters:
    ///   - loss: Mean loss over the training images.
    ///   - accuracy: Share of right training images, 0…1.
    ///   - validation: The same for the validation images; nil where there are none, or none yet.
    package mutating func append(
        loss: Double, accuracy: Double, validation: (loss: Double, accuracy: Double)?
    ) {
        trainingLoss.append(loss)
        trainingAccuracy.append(accuracy)
        if let validation {
            validationLoss.append(validation.loss)
            validationAccuracy.append(validation.accuracy)
        }
    }

    /// The chart's rows; none where it is empty or there is no room for it.
    /// - Parameters:
    ///   - columns: The most characters in a row.
    ///   - rows: The most rows.
    ///   - epochs: Epochs that there should be room for; at least those that there are.
    package func lines(
        columns: Int, rows: Int, colors: TerminalStream.ColorDepth, epochs: Int = 1
    ) -> [String] {
        let isWide = columns >= 2 * Self.panelWidths.lowerBound + Self.gap
        let width = min(isWide ? (columns - Self.gap) / 2 : columns, Self.panelWidths.upperBound)
        let height = min((rows - 1) / (isWide ? 1 : 2) - CurvePanel.frameRows, Self.panelHeights.upperBound)
        guard !isEmpty, width >= Self.panelWidths.lowerBound, height >= Self.panelHeights.lowerBound else {
            return []
        }
        let range = 1...max(epochs, trainingLoss.count)
        let loss = CurvePanel(
            title: "Loss", curves: curves(trainingLoss, validationLoss), epochs: range, isShare: false
        ).lines(width: width, height: height, colors: colors)
        let accuracy = CurvePanel(
            title: "Accuracy", curves: curves(trainingAccuracy, validationAccuracy), epochs: range,
            isShare: true
        ).lines(width: width, height: height, colors: colors)
        guard isWide else { return [legend(colors)] + loss + accuracy }
        return [legend(colors)]
            + zip(loss, accuracy).map { left, right in
                left + String(repeating: " ", count: width - left.visibleCount + Self.gap) + right
            }
    }

    private func curves(_ training: [Double], _ validation: [Double]) -> [CurvePanel.Curve] {
        [
            CurvePanel.Curve(values: training, style: Self.training),
            CurvePanel.Curve(values: validation, style: Self.validation),
        ].filter { !$0.values.isEmpty }
    }

    private func legend(_ colors: TerminalStream.ColorDepth) -> String {
        let validation = validationLoss.isEmpty ? "" : "  \(Self.validation.sign(colors)) validation"
        return "\(Self.training.sign(colors)) training\(validation), by epoch"
    }
}
