package import Imaging
package import PictureReading
package import SyntheticDigits

/// A line of a scene as the preparation yields it, and which digits stand where in it.
package struct TrainingStrip: Sendable, Hashable {
    /// A digit, and the column of its middle.
    package struct Digit: Sendable, Hashable {
        package let value: Int
        package let column: Float

        package init(value: Int, column: Float) {
            self.value = value
            self.column = column
        }
    }

    /// Columns; there are `LineStrip.height` rows.
    package let width: Int
    /// How much ink there is, row by row, 255 being full ink.
    package let ink: [UInt8]
    /// From left to right.
    package let digits: [Digit]

    /// The ink as a network takes it.
    package var plane: Plane {
        Plane(height: LineStrip.height, width: width, values: ink.map { Float($0) / 255 })
    }

    /// The lines that are found in a picture.
    /// - Parameters:
    ///   - digits: What stands in it, and where.
    ///   - isOneLine: Whether the picture is read as one line, whatever is in it.
    package static func strips(of image: Image, digits: [Scene.Digit], isOneLine: Bool) -> [TrainingStrip] {
        guard let ink = InkFinder().ink(of: image) else { return [] }
        return StripFinder(isOneLine: isOneLine).strips(of: ink).map { strip in
            TrainingStrip(strip, digits: digits.compactMap { digit($0, in: strip, scale: ink.scale) })
        }
    }

    private init(_ strip: LineStrip, digits: [Digit]) {
        self.init(
            width: strip.plane.width, ink: strip.plane.inkImage.pixels,
            digits: digits.sorted { $0.column < $1.column })
    }

    package init(width: Int, ink: [UInt8], digits: [Digit]) {
        self.width = width
        self.ink = ink
        self.digits = digits
    }

    /// Where a scene's digit is in a strip; nil where its ink is not.
    private static func digit(_ digit: Scene.Digit, in strip: LineStrip, scale: Double) -> Digit? {
        func place(_ row: Double, _ column: Double) -> (row: Double, column: Double) {
            strip.place(row: row * scale, column: column * scale)
        }
        let box = digit.box
        let middle = place(Double(box.top + box.bottom) / 2, Double(box.left + box.right) / 2)
        guard 3..<Double(LineStrip.height) - 3 ~= middle.row,
            0..<Double(strip.plane.width) ~= middle.column
        else { return nil }
        // Its ink may be another line's, or have been taken for paper.
        let (start, end) = (
            place(Double(box.top), Double(box.left)), place(Double(box.bottom), Double(box.right))
        )
        let rows = (Int(min(start.row, end.row))..<Int(max(start.row, end.row)) + 1)
            .clamped(to: 0..<LineStrip.height)
        let columns = (Int(min(start.column, end.column))..<Int(max(start.column, end.column)) + 1)
            .clamped(to: 0..<strip.plane.width)
        guard rows.contains(where: { row in columns.contains { strip.plane[row, $0] >= 0.6 } })
        else { return nil }
        return Digit(value: digit.value, column: Float(middle.column))
    }
}
