import Imaging
import PictureReading
import SyntheticDigits
import Testing

@Suite struct FindingTests {
    /// Scenes, and how well their lines are found at least, a little below what was measured.
    struct Floor: Sendable {
        let style: SceneStyle
        var degrees = 0.0
        let count: Int
        /// Of digits that lie well in one strip, and of lines that are whole.
        let placed, whole: Double
        /// At most such a share of the strips' ink is no digit's.
        let foreign: Double
    }

    @Test(arguments: [
        Floor(style: .page, count: 40, placed: 0.78, whole: 0.8, foreign: 0.07),
        Floor(style: .grid, count: 30, placed: 0.92, whole: 0.76, foreign: 0.012),
        Floor(style: .comb, count: 80, placed: 0.85, whole: 0.9, foreign: 0.075),
        Floor(style: .amount, count: 80, placed: 0.86, whole: 0.87, foreign: 0.2),
        Floor(style: .page, degrees: 15, count: 40, placed: 0.61, whole: 0.72, foreign: 0.07),
        Floor(style: .page, degrees: 40, count: 40, placed: 0.49, whole: 0.55, foreign: 0.15),
        Floor(style: .grid, degrees: 15, count: 30, placed: 0.52, whole: 0.68, foreign: 0.02),
    ])
    func digitsAreInTheirLines(floor: Floor) {
        let score = score(floor.style, degrees: floor.degrees, count: floor.count)
        #expect(
            score.placedShare >= floor.placed && score.wholeShare >= floor.whole
                && score.foreignShare <= floor.foreign,
            "\(floor.style), \(floor.degrees)°: digits \(score.placedShare), lines \(score.wholeShare), other ink \(score.foreignShare)."
        )
    }

    private func score(_ style: SceneStyle, degrees: Double, count: Int) -> FindingScore {
        var score = FindingScore()
        for scene in DrawnScenes.scenes(style, count: count) {
            let turned = TurnedScene(scene, degrees: degrees)
            let ink = InkFinder().ink(of: turned.image)
            score.judge(ink.map { StripFinder().strips(of: $0) } ?? [], of: turned, scale: ink?.scale ?? 1)
        }
        return score
    }

    /// A line in a tall picture that lies aslant has a rectangle larger than the picture; memory stays bounded.
    @Test(arguments: [false, true]) func tallPicturesAreTaken(isOneLine: Bool) {
        var plane = Plane(height: 12_000, width: 100)
        for index in 0..<300 {
            plane.drawRing(row: Double(30 + index * 40), column: Double(20 + index / 5), radius: 12, width: 4)
        }
        let ink = Ink(plane: plane, color: .dark, scale: 1, strength: 1, grain: 0.01, strokeWidth: 4)
        for strip in StripFinder(isOneLine: isOneLine).strips(of: ink) {
            #expect(strip.line.area.width * strip.line.area.height <= 2 * 1_200_000)
        }
    }

    /// A strip of what is so high would be many times as large as the picture.
    @Test(arguments: [(1000, 1), (6000, 0)]) func inANarrowPictureNoDigitIsHigherThanOneCanBe(
        height: Int, count: Int
    ) {
        var plane = Plane(height: height, width: 29)
        plane.fill(rows: 0..<height, columns: 10..<20)
        let ink = Ink(plane: plane, color: .dark, scale: 1, strength: 0.5, grain: 0.01, strokeWidth: 4)
        #expect(StripFinder(isOneLine: true).strips(of: ink).count == count)
    }
}
