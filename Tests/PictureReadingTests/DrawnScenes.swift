import Imaging
import PictureReading
import SyntheticDigits

/// Scenes that the preparation is judged on: drawn by the package's own pens alone, so that no data set is needed.
enum DrawnScenes {
    static func scenes(_ style: SceneStyle, count: Int, digitCounts: ClosedRange<Int> = 1...8) -> [Scene] {
        SceneGenerator(seed: 41, mix: .only(style), digitCounts: digitCounts, heights: 16...60)
            .scenes(0..<count, threads: 2)
    }
}

extension Scene {
    /// Whether its ink is darker than what is right around it; nil where it has none.
    var inkColor: InkColor? {
        let grey = image.grey
        var (ink, paper) = ((sum: 0, count: 0), (sum: 0, count: 0))
        for box in digits.map(\.box) {
            for row in box.rows {
                for column in box.columns {
                    let level = Int(grey[row, column])
                    if mask[row, column] > 200 { ink = (ink.sum + level, ink.count + 1) }
                    if mask[row, column] == 0 { paper = (paper.sum + level, paper.count + 1) }
                }
            }
        }
        guard ink.count > 0, paper.count > 0 else { return nil }
        return ink.sum * paper.count < paper.sum * ink.count ? .dark : .light
    }
}

extension PixelBox {
    /// The rectangle on a plane of another scale, around a pixel's area at least.
    func scaled(by scale: Double) -> PixelBox {
        PixelBox(
            top: Int(Double(top) * scale), left: Int(Double(left) * scale),
            bottom: Int((Double(bottom) * scale).rounded(.up)),
            right: Int((Double(right) * scale).rounded(.up)))
    }
}
