import Imaging
import PictureReading
import SyntheticDigits
import Testing

@Suite struct FindingTests {
    /// At least such shares of digits that lie well in one strip, and of lines that are whole, a little below what was measured.
    @Test(
        arguments: [
            (SceneStyle.page, 40, 0.42, 0.49), (.grid, 30, 0.88, 0.62), (.amount, 80, 0.89, 0.94),
            (.comb, 80, 0.82, 0.84),
        ])
    func digitsAreInTheirLines(style: SceneStyle, count: Int, placed: Double, whole: Double) {
        let score = score(style, degrees: 0, count: count)
        #expect(
            score.placedShare >= placed && score.wholeShare >= whole,
            "\(style): digits \(score.placedShare), lines \(score.wholeShare).")
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
}
