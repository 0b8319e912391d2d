import Imaging
import PictureReading

extension Reading {
    /// The same of a picture of another size.
    func scaled(toWidth width: Int, height: Int) -> Reading {
        let across = Double(width) / Double(max(1, self.width))
        let down = Double(height) / Double(max(1, self.height))
        func box(_ box: PixelBox) -> PixelBox {
            PixelBox(Area(box).scaled(across: across, down: down), width: width, height: height)
        }
        return Reading(
            width: width, height: height,
            lines: lines.map { line in
                Line(
                    digits: line.digits.map {
                        Digit(
                            value: $0.value, confidence: $0.confidence, box: box($0.box),
                            probabilities: $0.probabilities)
                    }, confidence: line.confidence, box: box(line.box), angle: line.angle)
            }, refusal: refusal, steps: steps)
    }
}
