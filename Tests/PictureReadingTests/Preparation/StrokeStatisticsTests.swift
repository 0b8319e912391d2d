import PictureReading
import Testing

@Suite struct StrokeStatisticsTests {
    @Test func theShorterRunIsTheWidth() throws {
        for width in [1, 2, 5, 9] {
            var bar = Plane(height: 60, width: 40)
            bar.fill(rows: 10..<50, columns: 12..<12 + width)
            for plane in [bar, bar.transposed] {
                let strokes = try #require(StrokeStatistics(plane))
                #expect(strokes.width == Float(width) && strokes.count == 40 * width)
            }
        }
    }

    @Test func itIsTheMiddleOfAllWidths() throws {
        var plane = Plane(height: 50, width: 50)
        plane.fill(rows: 0..<40, columns: 0..<3)
        plane.fill(rows: 0..<20, columns: 20..<21)
        plane.fill(rows: 30..<50, columns: 30..<50)
        // 120 pixels of 3, 20 of 1, 400 of 20.
        #expect(try #require(StrokeStatistics(plane)).width == 20)
        plane.fill(rows: 36..<50, columns: 30..<50, with: 0)
        #expect(try #require(StrokeStatistics(plane)).width == 3)
    }

    @Test func withoutInkThereIsNone() {
        #expect(StrokeStatistics(Plane(height: 4, width: 4)) == nil)
        #expect(StrokeStatistics(Plane(height: 0, width: 0)) == nil)
        #expect(StrokeStatistics(Plane(height: 300, width: 300, filledWith: 1))?.width == 255)
    }
}
