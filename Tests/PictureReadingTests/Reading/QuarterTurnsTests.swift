import PictureReading
import Testing

@Suite struct QuarterTurnsTests {
    @Test(arguments: 0...3) func sourcesAreWherePixelsWere(count: Int) {
        var plane = Plane(height: 5, width: 9)
        plane[1, 6] = 1
        let turns = QuarterTurns(count, of: plane)
        let turned = turns.applied(to: plane)
        #expect(turned.height == (count % 2 == 0 ? 5 : 9))
        let place = turned.values.firstIndex(of: 1)!
        let source = turns.source(
            row: Double(place / turned.width) + 0.5, column: Double(place % turned.width) + 0.5)
        #expect(source.row == 1.5 && source.column == 6.5)
    }

    @Test func aQuarterIsClockwise() {
        var plane = Plane(height: 2, width: 3)
        plane[0, 0] = 1
        #expect(QuarterTurns(1, of: plane).applied(to: plane)[0, 1] == 1)
    }
}
