import Datasets
package import DigitRecognition
import Explanations
package import Figures
import PlainText
package import TerminalGraphics

/// Why a model reads an image so: each pixel's part in a class's score, and where a convolution looks.
package struct ExplanationReport {
    let title: String
    let image: Image
    let prediction: Prediction
    private let model: Model
    /// The class to explain; nil for the one that is read.
    private let label: Int?

    /// Asks a model about an image of a report.
    /// - Parameter label: The class to explain; nil for the one that is read.
    package init(_ model: Model, _ index: Int, of images: ImageReport, class label: Int?) throws {
        title = images.title(of: index)
        image = images.images.images[index]
        prediction = try model.predict(image)
        self.model = model
        self.label = label
    }

    /// What the pixels are parts of. Behind an ensemble there are no logits: it gives its members' mean probability.
    private var score: ExplainedScore {
        model.network.description.layers.last is Ensemble ? .probability : .logit
    }

    /// The maps of every method in one figure.
    package func figure() throws -> Figure {
        let saliencies = try model.saliency(
            of: image, class: label,
            methods: [.gradient, .gradientTimesInput, .integratedGradients(baseline: .blank)], score: score)
        var maps = zip(["gradient", "gradient × input", "integrated gradients"], saliencies).map {
            SaliencyMap(method: $0, map: ValueMap($1.map))
        }
        if let gradCAM = try gradCAM() {
            maps.append(SaliencyMap(method: "Grad-CAM, \(gradCAM.layer)", map: ValueMap(gradCAM.overlay)))
        }
        return .saliency(
            over: ValueMap(image), maps: maps, className: saliencies[0].className,
            title: "\(title), read as \(prediction.className)")
    }

    /// The image, what speaks for and against the class, and what is drawn.
    package func lines(on output: TerminalStream) throws -> [String] {
        let saliency = try model.saliency(
            of: image, class: label, method: .integratedGradients(baseline: .blank), score: score)
        let name = saliency.className
        let map = saliency.map
        let hasColors = output.colors != .none
        let scale = "integrated gradients of the class's \(score.rawValue), \(text(saliency.score))"
        var cells = [ImageGrid.Cell(image, caption: "as stored")]
        var notes: [String]
        if hasColors {
            cells.append(ImageGrid.Cell(map.coloredImage, caption: "for and against"))
            notes = [
                "For and against: \(scale); orange speaks for \(name), blue against it, up to \(text(map.largestMagnitude))."
            ]
        } else {
            cells += [
                ImageGrid.Cell(map.image(sign: 1, white: map.largestMagnitude), caption: "for \(name)"),
                ImageGrid.Cell(map.image(sign: -1, white: map.largestMagnitude), caption: "against \(name)"),
            ]
            notes = ["For and against: \(scale), on one scale; white is \(text(map.largestMagnitude))."]
        }
        if let completeness = saliency.completeness {
            notes.append(
                "They sum to \(text(Float(completeness.attributed))); "
                    + "the picture's \(score.rawValue) is \(text(Float(completeness.scoreDifference))) above a blank's."
            )
        }
        if let gradCAM = try gradCAM() {
            let overlay = gradCAM.overlay
            cells.append(
                ImageGrid.Cell(
                    hasColors
                        ? overlay.coloredImage : overlay.image(sign: 1, white: overlay.largestMagnitude),
                    caption: "Grad-CAM"))
            notes.append("Grad-CAM: where the features of \(gradCAM.layer) speak for \(name).")
        }
        let share = NumberText.percent(Double(prediction.confidence))
        return [
            title, "Read as \(prediction.className) (\(share)). What speaks for \(name) and against it:",
        ] + ImageGrid(cells, cellsPerRow: cells.count).lines(colors: output.colors, columns: output.columns)
            + [""] + notes + [""]
    }

    /// Where the last convolution looks; nil for a model without one.
    private func gradCAM() throws -> GradCAM? {
        do {
            return try model.gradCAM(of: image, class: label)
        } catch ExplanationError.noConvolution {
            return nil
        }
    }

    private func text(_ value: Float) -> String { NumberText.fixed(Double(value), decimals: 3) }
}

extension ValueMap {
    init(_ map: PixelMap) { self.init(width: map.width, height: map.height, values: map.values) }
}

extension PixelMap {
    /// The largest magnitude of a finite value; 0 where there is none.
    fileprivate var largestMagnitude: Float { values.lazy.filter(\.isFinite).map(abs).max() ?? 0 }

    /// The values in the colours of the figure: blue below 0, white at 0, orange above.
    fileprivate var coloredImage: Image {
        let bound = largestMagnitude > 0 ? largestMagnitude : 1
        return Image(ValueMap(self).pixels(.signed, over: -bound...bound))
    }

    /// The values of one sign as grey, 0 black; those that are not finite are black.
    fileprivate func image(sign: Float, white: Float) -> Image {
        Image(
            height: height, width: width,
            pixels: values.map { value in
                let share = value * sign / white
                return share > 0 ? UInt8((min(share, 1) * 255).rounded()) : 0
            })
    }
}
