import Compute
import DigitRecognition
import Explanations
import Figures
import Imaging
import NeuralNetworks
import PictureReading

/// Which ink of a digit speaks for it, and where in a drawing that is.
struct DigitSaliency {
    /// What the network of single digits reads.
    let label: Int
    private let map: PixelMap
    /// The largest magnitude of the map; 1 where all is 0.
    private let largest: Float
    /// The rows and columns of the image that have ink.
    private let ink: PixelBox
    private let outline: DigitOutline

    /// - Parameters:
    ///   - image: The digit as the network sees it, 28×28.
    ///   - value: The digit that is explained.
    ///   - outline: Where its ink is in the drawing.
    /// - Throws: `InputError` if the model takes other images.
    init(of image: Image, as value: Int, at outline: DigitOutline, by model: Model) throws {
        // Behind an ensemble there are no logits: it gives its members' mean probability.
        let score: ExplainedScore =
            model.network.description.layers.last is Ensemble ? .probability : .logit
        map = try model.saliency(
            of: image, class: value, method: .integratedGradients(baseline: .blank), score: score
        ).map
        label = try model.predict(image).label
        let magnitude = map.values.lazy.filter(\.isFinite).map(abs).max() ?? 0
        largest = magnitude > 0 ? magnitude : 1
        ink = DigitImage.bounds(of: Plane(image, channel: 0, height: image.height, width: image.width))
        self.outline = outline
    }

    /// The rectangle of the drawing outside of which nothing is told: that of the outline, and a little around it.
    var bounds: Rectangle {
        let corners = [(-0.15, -0.15), (1.15, -0.15), (1.15, 1.15), (-0.15, 1.15)].map {
            outline.point(along: $0.0, down: $0.1)
        }
        let (xs, ys) = (corners.map(\.x), corners.map(\.y))
        let (left, top) = (xs.min()!, ys.min()!)
        return Rectangle(x: left, y: top, width: xs.max()! - left, height: ys.max()! - top)
    }

    /// How much a point of the drawing speaks for the digit, -1 to 1.
    func share(at point: Point) -> Double {
        let (along, down) = outline.shares(of: point)
        // Numbers stand for pixels' middles.
        let column = Double(ink.left) + along * Double(ink.width) - 0.5
        let row = Double(ink.top) + down * Double(ink.height) - 0.5
        let (left, top) = (Int(column.rounded(.down)), Int(row.rounded(.down)))
        let (u, v) = (Float(column - Double(left)), Float(row - Double(top)))
        func at(_ row: Int, _ column: Int) -> Float {
            0..<map.height ~= row && 0..<map.width ~= column ? map[row, column] : 0
        }
        let above = at(top, left) * (1 - u) + at(top, left + 1) * u
        let below = at(top + 1, left) * (1 - u) + at(top + 1, left + 1) * u
        let value = (above * (1 - v) + below * v) / largest
        return value.isFinite ? Double(value) : 0
    }
}
