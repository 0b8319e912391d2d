import PictureReading
import Testing

@Suite struct FrameTests {
    /// A zero in the middle, whose frame a test draws.
    private func digit(size: Int = 100) -> Plane {
        var plane = Plane(height: size, width: size)
        let middle = Double(size) / 2
        plane.drawRing(row: middle, column: middle, radius: middle * 0.4, width: 5)
        return plane
    }

    @Test func aBoxAroundADigitGoes() {
        for thickness in [1, 2, 4] {
            var framed = digit()
            for edge in [4, 96 - thickness] {
                framed.fill(rows: 4..<96, columns: edge..<edge + thickness)
                framed.fill(rows: edge..<edge + thickness, columns: 4..<96)
            }
            // A neighbour's ink beyond the box.
            framed.fill(rows: 30..<40, columns: 0..<3)
            #expect(Frame.removed(from: framed) == digit(), "A frame of \(thickness)")
        }
    }

    @Test func aTiltedFrameGoes() {
        var framed = digit()
        for along in 0..<100 {
            let offset = Int((6 * (Double(along) / 100 - 0.5)).rounded())
            for near in [8, 90] {
                framed.fill(rows: along..<along + 1, columns: near + offset..<near + offset + 2)
                framed.fill(rows: near - offset..<near - offset + 2, columns: along..<along + 1)
            }
        }
        let (result, digit) = (Frame.removed(from: framed), digit())
        let left = result.values.indices.count { result.values[$0] > 0 && digit.values[$0] == 0 }
        // The first line that is covered well enough is taken, not the best: a fifth of the frame's 760 pixels may lie beside it.
        #expect(left <= 160, "\(left) pixels of the frame are left.")
        #expect(digit.values.indices.allSatisfy { digit.values[$0] == 0 || result.values[$0] > 0 })
    }

    /// A line that enters the plane below its first row: what is left of it there is beyond the edge.
    @Test func aTiltedLineCutOffByACornerGoes() {
        var framed = Plane(height: 400, width: 120)
        framed.fill(rows: 150..<250, columns: 50..<70)
        let digit = framed
        for row in 0..<400 {
            let column = 10 + Int((32 * (Double(row) / 400 - 0.5)).rounded())
            if column >= 0 { framed.fill(rows: row..<row + 1, columns: column..<column + 2) }
        }
        #expect(Frame.removed(from: framed) == digit)
    }

    @Test func aLoneOneStays() {
        for left in [2, 15, 48, 90] {
            var one = Plane(height: 100, width: 100)
            one.fill(rows: 5..<95, columns: left..<left + 6)
            #expect(Frame.removed(from: one) == one, "A one at column \(left)")
        }
    }

    @Test func whatHasNoFrameStays() {
        #expect(Frame.removed(from: digit()) == digit())
    }

    @Test(arguments: [(1, 1), (1, 50), (50, 1), (2, 2), (3, 200), (0, 0)])
    func oddSizesAreTaken(height: Int, width: Int) {
        for value: Float in [0, 0.5, 1] {
            let plane = Plane(height: height, width: width, filledWith: value)
            let result = Frame.removed(from: plane)
            #expect(result.height == height && result.width == width)
        }
    }
}
