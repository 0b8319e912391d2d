import Imaging
import PictureReading
import SyntheticDigits
import Testing

@Suite struct FindingTests {
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
