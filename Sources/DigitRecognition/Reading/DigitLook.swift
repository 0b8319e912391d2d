package import Imaging
package import PictureReading

/// How a network of single digits saw the digit of a picture, and what it made of it.
package struct DigitLook {
    /// What it saw, `[28][28]`; of several views the first.
    package private(set) var image: Image
    package private(set) var prediction: Prediction
    /// The rectangle around what it saw, in the picture's pixels.
    package private(set) var box: Area

    /// From this confidence on a small picture is not looked at as it is.
    private static let sure: Float = 0.9

    /// Looks at a digit as the preparation made it and, of a small picture where that is not sure, at all that there is; the surer look
    /// counts.
    /// - Parameters:
    ///   - scale: Pixels of the ink's plane for one of the picture's.
    ///   - color: The ink's colour where it is known.
    ///   - knowsDamage: Whether the network has learned to read damaged pictures; else none is looked at as it is.
    package init(
        at digit: SingleDigit, of picture: Image, scale: Double, color: InkColor? = nil,
        by network: Predictor, knowsDamage: Bool = true
    ) throws(InputError) {
        image = digit.image
        prediction = try network.prediction(ofViews: digit.views)
        box = Area(digit.box).scaled(by: 1 / scale)
        guard knowsDamage, prediction.confidence < Self.sure else { return }
        for color in color.map({ [$0] }) ?? InkColor.allCases {
            guard let whole = DigitImage.asItIs(picture, inkColor: color) else { return }
            let other = try network.prediction(ofViews: [whole])
            guard other.confidence > prediction.confidence else { continue }
            image = whole
            prediction = other
            let plane = Plane(whole, channel: 0, height: whole.height, width: whole.width)
            box = Area(DigitImage.bounds(of: plane)).scaled(
                across: Double(picture.width) / Double(whole.width),
                down: Double(picture.height) / Double(whole.height))
        }
    }
}
