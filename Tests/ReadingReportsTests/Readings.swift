import DigitRecognition
import Imaging

/// Readings and pictures for the tests.
enum Readings {
    /// A reading of one line of digits side by side, each 20 columns wide and 40 rows high, from (`left`, 30) on.
    /// - Parameters:
    ///   - confidences: Of each digit.
    ///   - pitch: Columns from one digit to the next.
    static func line(
        _ text: String, confidences: [Double]? = nil, pitch: Int = 30, left: Int = 10, width: Int = 800,
        height: Int = 200
    ) -> Reading {
        let digits = text.enumerated().map { index, character in
            let value = character.wholeNumberValue!
            let confidence = confidences?[index] ?? 0.97
            return Reading.Digit(
                value: value, confidence: confidence,
                box: PixelBox(left: left + index * pitch, top: 30, width: 20, height: 40),
                probabilities: (0..<10).map { $0 == value ? Float(confidence) : 0 })
        }
        return Reading(
            width: width, height: height,
            lines: [
                Reading.Line(
                    digits: digits, confidence: 0.9,
                    box: PixelBox(left: left, top: 30, width: pitch * text.count - 10, height: 40), angle: 0)
            ])
    }

    /// White paper with dark ovals like a zero, `count` of them in a row, each 20 columns wide and 30 rows high.
    static func rings(_ count: Int, height: Int = 90) -> Image {
        let width = 40 * count + 40
        var pixels = [UInt8](repeating: 235, count: height * width)
        for index in 0..<count {
            for row in 0..<30 {
                for column in 0..<20 {
                    let (x, y) = (Double(column) - 9.5, Double(row) - 14.5)
                    let isInside = x * x / 36 + y * y / 121 < 1
                    if !isInside, x * x / 100 + y * y / 225 <= 1 {
                        pixels[(row + 30) * width + 30 + index * 40 + column] = 30
                    }
                }
            }
        }
        return Image(height: height, width: width, pixels: pixels)
    }

    /// Paper of one grey.
    static func blank(height: Int = 60, width: Int = 80) -> Image {
        Image(height: height, width: width, pixels: Array(repeating: 200, count: height * width))
    }
}
