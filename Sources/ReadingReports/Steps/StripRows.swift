import DigitRecognition
import Figures
import Imaging

/// Straightened lines under one another, with where the network saw digits.
struct StripRows {
    let elements: [Element]
    let size: Size

    /// More are not shown.
    static let most = 24
    /// The most points for a pixel.
    private static let scale = 3.0
    private static let labelSize = 13.0
    private static let gap = 12.0

    /// - Parameter width: The most points of a line.
    init(_ step: ReadingStep, of reading: Reading, width: Double) {
        var elements: [Element] = []
        var (y, widest) = (0.0, 0.0)
        for ((image, boxes), line) in zip(zip(step.images, step.boxes), reading.lines).prefix(Self.most) {
            let scale = min(Self.scale, width / Double(image.width))
            let room = Rectangle(
                x: 0, y: y + Self.labelSize, width: Double(image.width) * scale,
                height: Double(image.height) * scale)
            elements.append(
                .image(Pixels(image.negative), in: room))
            elements.append(.rectangle(room, fill: nil, border: Stroke(.grid, width: 0.75)))
            for (box, digit) in zip(boxes, line.digits) {
                let left = Double(box.left) * scale
                let outline = Rectangle(
                    x: left, y: room.y + Double(box.top) * scale, width: Double(box.width) * scale,
                    height: Double(box.height) * scale)
                elements.append(.rectangle(outline, fill: nil, border: Stroke(.vermilion, width: 1.25)))
                elements.append(
                    .text(
                        "\(digit.value)", at: Point(x: left + outline.width / 2, y: room.y - 3),
                        TextStyle(size: Self.labelSize, isBold: true, anchor: .middle)))
            }
            y = room.maxY + Self.gap
            widest = max(widest, room.width)
        }
        self.elements = elements
        size = Size(width: widest, height: max(1, y - Self.gap))
    }
}
