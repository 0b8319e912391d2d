import Compute
import DigitRecognition
import Figures
import PlainText

/// The labels of a line's digits: each digit with its confidence, as large as there is room beside the next one's and below what stands
/// above the line.
struct DigitLabels {
    /// How the parts of a label stand.
    private enum Form {
        /// The confidence behind the digit.
        case beside
        /// The confidence above the digit.
        case above
        /// No confidence.
        case bare
    }

    private let form: Form
    private let size: Double
    private static let confidenceShare = 0.62

    /// - Parameters:
    ///   - outlines: The digits', in reading order.
    ///   - texts: What is written of each.
    ///   - angle: The line's.
    ///   - others: The digits of the other lines.
    ///   - sizes: The smallest and the largest size of a digit's label, in points.
    ///   - showsConfidence: Whether it is told.
    init(
        _ outlines: [DigitOutline], texts: [String], angle: Double, beside others: [DigitOutline],
        sizes: ClosedRange<Double>, showsConfidence: Bool
    ) {
        let heights = outlines.map(\.height).sorted()
        let wanted = min(max(0.42 * heights[heights.count / 2], sizes.lowerBound), sizes.upperBound)
        let pitches = zip(outlines, outlines.dropFirst()).map { one, next in
            let (x, y) = (next.top.x - one.top.x, next.top.y - one.top.y)
            return (x * x + y * y).squareRoot()
        }
        let pitch = (pitches.min() ?? .infinity) - 2
        let gap: Double = outlines.reduce(.infinity) { gap, outline in
            others.reduce(gap) { min($0, outline.gap(above: $1)) }
        }
        let side = LabelSide(angle: angle)
        let longest = texts.max { $0.count < $1.count } ?? ""
        func fits(_ form: Form, _ size: Double) -> Bool {
            let extent = Self.extent(longest, form, size)
            return side.extentAlong(extent) <= pitch
                && side.extentAcross(extent) + Self.gap * size <= gap
        }
        let forms: [Form] = showsConfidence ? [.beside, .above] : []
        var found: (form: Form, size: Double)?
        // The confidence may make a label smaller, but not so small that nobody reads it.
        for size in [1, 0.85, 0.7, 0.6, 0.5, 0.4, 0.3].map({ $0 * wanted }) where found == nil {
            if size < min(wanted, sizes.lowerBound) { break }
            found = forms.first { fits($0, size) }.map { ($0, size) }
        }
        let bare = Self.extent(longest, .bare, 1)
        let beside = pitch / side.extentAlong(bare)
        // Rather a label over a digit's edge than one that nobody reads.
        let below = max(gap / (side.extentAcross(bare) + Self.gap), 0.85 * sizes.lowerBound)
        let chosen = found ?? (.bare, min(wanted, beside, below))
        form = chosen.form
        size = max(chosen.size, 0.6 * sizes.lowerBound)
    }

    /// The room between a digit's outline and its label, as a share of the label's size.
    private static let gap = 0.12

    /// The label of a digit beside its outline.
    /// - Returns: What is drawn, and the room that it takes.
    func label(
        _ text: String, confidence: Double, at outline: DigitOutline, angle: Double, paint: RGBColor
    ) -> (elements: [Element], box: Rectangle) {
        let extent = Self.extent(text, form, size)
        let box = LabelSide(angle: angle).box(of: extent, at: outline.top, gap: Self.gap * size)
        let share = Self.share(confidence)
        let ink = Paint.text(on: paint)
        let pad = Self.padding * size
        let small = Self.confidenceShare * size
        var elements: [Element] = [
            .rectangle(
                box, fill: .color(paint), border: Stroke(.color(RGBColor(0xFFFFFF)), width: 0.06 * size))
        ]
        func add(
            _ text: String, x: Double, baseline: Double, _ size: Double, isBold: Bool,
            _ anchor: TextStyle.Anchor
        ) {
            elements.append(
                .text(
                    text, at: Point(x: x, y: baseline),
                    TextStyle(size: size, isBold: isBold, anchor: anchor, paint: ink)))
        }
        let baseline = box.maxY - pad
        switch form {
        case .beside:
            add(text, x: box.x + pad, baseline: baseline, size, isBold: true, .start)
            add(share, x: box.maxX - pad, baseline: baseline, small, isBold: false, .end)
        case .above:
            add(text, x: box.midX, baseline: baseline, size, isBold: true, .middle)
            let top = box.y + pad + TextMetrics.capitalHeight * small
            add(share, x: box.midX, baseline: top, small, isBold: false, .middle)
        case .bare:
            add(text, x: box.midX, baseline: baseline, size, isBold: true, .middle)
        }
        return (elements, box)
    }

    /// The room around a label's text, as a share of its size.
    private static let padding = 0.18

    /// `97%`, or `97.25%`. What is not certain is never rounded up to 100%.
    static func share(_ confidence: Double, decimals: Int = 0) -> String {
        let steps = (0..<decimals).reduce(100.0) { steps, _ in 10 * steps }
        let share = min((confidence * steps).rounded(.down), steps - 1) / steps
        return NumberText.percent(share, decimals: decimals)
    }

    private static func extent(_ text: String, _ form: Form, _ size: Double) -> Size {
        let digit = TextMetrics.width(of: text, size: size, isBold: true)
        let confidence = TextMetrics.width(of: "99%", size: confidenceShare * size)
        let height = (TextMetrics.capitalHeight + 2 * padding) * size
        let small = (TextMetrics.capitalHeight * confidenceShare + padding) * size
        let pad = 2 * padding * size
        switch form {
        case .beside: return Size(width: digit + confidence + 1.5 * pad, height: height)
        case .above: return Size(width: max(digit, confidence) + pad, height: height + small)
        case .bare: return Size(width: digit + pad, height: height)
        }
    }
}

/// On which side of a digit its label lies: above it, as the line is read.
struct LabelSide {
    /// The way there, one point long.
    private let x: Double
    private let y: Double

    init(angle: Double) {
        let radians = angle * Double.pi / 180
        (x, y) = (Double.sin(radians), -Double.cos(radians))
    }

    /// How far upright rectangles of an extent must be apart along the line so that none lies over another.
    func extentAlong(_ extent: Size) -> Double { min(extent.width / abs(y), extent.height / abs(x)) }

    /// How far an upright rectangle reaches to that side.
    func extentAcross(_ extent: Size) -> Double { abs(x) * extent.width + abs(y) * extent.height }

    /// The rectangle of an extent that lies wholly on that side of a point.
    func box(of extent: Size, at point: Point, gap: Double) -> Rectangle {
        let distance = gap + extentAcross(extent) / 2
        return Rectangle(
            x: point.x + x * distance - extent.width / 2, y: point.y + y * distance - extent.height / 2,
            width: extent.width, height: extent.height)
    }
}
