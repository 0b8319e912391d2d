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
    ///   - cuts: Digits as the network sees them, 28×28, each with the digit that is explained.
    ///   - outlines: Where their ink is in the drawing.
    /// - Throws: `InputError` if the model takes other images.
    static func all(
        of cuts: [(image: Image, label: Int)], at outlines: [DigitOutline], by model: Model
    ) throws -> [DigitSaliency] {
        // Behind an ensemble there are no logits: it gives its members' mean probability.
        let score: ExplainedScore =
            model.network.description.layers.last is Ensemble ? .probability : .logit
        let saliencies = try model.saliency(
            of: cuts, method: .integratedGradients(baseline: .blank), score: score)
        return try zip(zip(saliencies, cuts), outlines).map { explained, outline in
            DigitSaliency(
                explained.0.map, label: try model.predict(explained.1.image).label,
                of: explained.1.image, at: outline)
        }
    }

    private init(_ map: PixelMap, label: Int, of image: Image, at outline: DigitOutline) {
        self.map = map
        self.label = label
        let magnitude = map.values.lazy.filter(\.isFinite).map(abs).max() ?? 0
        largest = magnitude > 0 ? magnitude : 1
        ink = DigitImage.bounds(of: Plane(image, channel: 0, height: image.height, width: image.width))
        self.outline = outline
    }

    /// The rectangle of the drawing outside of which nothing is told: that of the outline, and a little around it.
    var bounds: Rectangle {
        func corner(_ along: Double, _ down: Double) -> Rectangle {
            let point = outline.point(along: along, down: down)
            return Rectangle(x: point.x, y: point.y, width: 0, height: 0)
        }
        return corner(-0.15, -0.15).union(corner(1.15, -0.15)).union(corner(1.15, 1.15))
            .union(corner(-0.15, 1.15))
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
