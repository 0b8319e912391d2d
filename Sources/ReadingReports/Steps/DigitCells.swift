import DigitRecognition
import Figures
import Imaging

/// Digits as the network sees them, each with how likely it finds each class.
struct DigitCells {
    let elements: [Element]
    let size: Size

    /// More are not shown.
    static let most = 100
    private static let side = 112.0
    private static let barLength = 52.0
    private static let cell = Size(width: 232, height: 148)

    /// - Parameters:
    ///   - images: 28×28 each.
    ///   - digits: What was read, in the same order.
    ///   - tellsNone: Whether the network could say that it is no digit.
    ///   - width: The most points of a row.
    init(_ images: [Image], of digits: [Reading.Digit], tellsNone: Bool, width: Double) {
        let columns = max(1, Int(width / Self.cell.width))
        let cells = Array(zip(images, digits).prefix(Self.most))
        elements = cells.enumerated().map { index, cell in
            let elements = Self.elements(of: cell.0, cell.1, tellsNone: tellsNone).map {
                $0.moved(
                    x: Double(index % columns) * Self.cell.width,
                    y: Double(index / columns) * Self.cell.height)
            }
            return .group(
                title: "\(cell.1.value), \(DigitLabels.share(cell.1.confidence))", clip: nil, elements)
        }
        let count = max(1, cells.count)
        size = Size(
            width: Double(min(columns, count)) * Self.cell.width - 12,
            height: Double((count + columns - 1) / columns) * Self.cell.height - 12)
    }

    private static func elements(of image: Image, _ digit: Reading.Digit, tellsNone: Bool) -> [Element] {
        let room = Rectangle(x: 0, y: 0, width: side, height: side)
        var elements: [Element] = [
            .image(Pixels(image), in: room),
            .rectangle(room, fill: nil, border: Stroke(.grid, width: 0.75)),
            .text(
                "\(digit.value)  \(DigitLabels.share(digit.confidence))",
                at: Point(x: side / 2, y: side + 16), TextStyle(size: 12, isBold: true, anchor: .middle)),
        ]
        var classes = digit.probabilities.enumerated().map { (name: "\($0)", share: Double($1)) }
        if tellsNone {
            classes.append(("none", max(0, 1 - classes.reduce(0) { $0 + $1.share })))
        }
        let pitch = side / 11
        for (index, entry) in classes.enumerated() {
            let y = (Double(index) + 0.5) * pitch
            let style = TextStyle(size: 8.5, isBold: entry.name == "\(digit.value)", anchor: .end)
            let left = side + 34
            elements.append(.text(entry.name, at: Point(x: left - 4, y: y + 3), style))
            let bar = Rectangle(
                x: left, y: y - 0.32 * pitch, width: max(0.75, barLength * entry.share), height: 0.64 * pitch)
            elements.append(
                .rectangle(bar, fill: entry.name == "\(digit.value)" ? .blue : .muted, border: nil))
            // Less is not seen as a bar either.
            if entry.share >= 0.01 {
                elements.append(
                    .text(
                        DigitLabels.share(entry.share), at: Point(x: bar.maxX + 3, y: y + 3),
                        TextStyle(size: 7.5, paint: .muted)))
            }
        }
        return elements
    }
}
