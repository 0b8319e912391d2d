import Imaging
import PlainText

/// Images after a normalisation, on one common scale of grey.
struct NormalizedGreys {
    /// The images, ready to be drawn.
    let images: [Image]
    /// What black and white stand for, before and after.
    let scale: String

    init(_ originals: [Image], by normalization: Normalization) {
        let values = originals.map { normalization($0) }
        let (range, reason) = Self.range(of: normalization, values)
        images = zip(originals, values).map { image, values in
            Image(
                shape: image.shape,
                pixels: values.map { value in
                    let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
                    return UInt8((min(max(share, 0), 1) * 255).rounded())
                })
        }
        func text(_ value: Float) -> String { NumberText.fixed(Double(value), decimals: 3) }
        scale =
            "Scale: black is 0 as stored and \(text(range.lowerBound)) after; "
            + "white is 255 as stored and \(text(range.upperBound)) after\(reason)."
    }

    /// The values that are drawn black and white.
    private static func range(
        of normalization: Normalization, _ values: [[Float]]
    ) -> (range: ClosedRange<Float>, reason: String) {
        if case .l2 = normalization {
            // The longest possible value, 1, needs a column with a single pixel of ink: nearly all would be dark.
            let largest = values.joined().max() ?? 0
            return (0...(largest > 0 ? largest : 1), " (the largest value that is drawn)")
        }
        let ends = normalization(Image(height: 1, width: 2, pixels: [0, 255]))
        return (ends[0]...ends[1], "")
    }
}
