import DigitRecognition
import Imaging
import SyntheticDigits
import Testing

@Suite struct DigitReaderTests {
    private static let scenes = SceneGenerator(
        seed: 61, mix: .numbers, digitCounts: 3...8, heights: 24...60
    ).scenes(0..<60, threads: 2)

    private func text(_ scene: Scene) -> String { scene.lines.map(\.text).joined() }

    @Test func numbersAreReadWhereTheyAre() {
        let reader = DigitReader.pretrained { $0.layout = .line }
        var right = 0
        for scene in Self.scenes {
            let reading = reader.read(scene.image)
            #expect(reading.width == scene.image.width && reading.height == scene.image.height)
            guard reading.text == text(scene) else { continue }
            right += 1
            #expect(reading.refusal == nil && reading.lines.count == 1)
            for (digit, truth) in zip(reading.lines.flatMap(\.digits), scene.digits) {
                let (box, true_) = (digit.box, truth.box)
                #expect(true_.left...true_.right ~= (box.left + box.right) / 2)
                #expect(true_.top...true_.bottom ~= (box.top + box.bottom) / 2)
                #expect(digit.probabilities.count == 10)
            }
        }
        #expect(right >= 40, "\(right) of \(Self.scenes.count)")
    }

    @Test func manyThreadsReadAlike() async {
        let reader = DigitReader.pretrained()
        let scenes = Self.scenes[..<12]
        let alone = scenes.map { reader.read($0.image) }
        let together = await withTaskGroup(of: (Int, Reading).self) { group in
            for (index, scene) in scenes.enumerated() {
                group.addTask { (index, reader.read(scene.image)) }
            }
            return await group.reduce(into: [Int: Reading]()) { $0[$1.0] = $1.1 }
        }
        for (index, reading) in alone.enumerated() { #expect(together[index] == reading) }
    }

    /// Pictures on their side are seen to be, and their boxes are the picture's own.
    @Test(arguments: [ImageOrientation.left, .right, .down]) func turnedPicturesAreRead(turn: ImageOrientation) {
        let reader = DigitReader.pretrained()
        var (right, upright) = (0, 0)
        for scene in Self.scenes[..<30] where reader.read(scene.image).text == text(scene) {
            upright += 1
            let turned = turn.applied(to: scene.image)
            let reading = reader.read(turned)
            guard reading.text == text(scene), let line = reading.lines.first else { continue }
            right += 1
            #expect(abs(abs(line.angle) - (turn == .down ? 180 : 90)) < 20)
            #expect(line.box.right <= turned.width && line.box.bottom <= turned.height)
            if turn != .down { #expect(line.box.height > line.box.width) }
        }
        #expect(upright >= 15 && 10 * right >= 7 * upright, "\(right) of \(upright)")
    }

    @Test func whatHasNoDigitsIsRefused() {
        let reader = DigitReader.pretrained()
        let paper = Image(height: 60, width: 90, pixels: [UInt8](repeating: 230, count: 5400))
        #expect(reader.read(paper).refusal?.kind == .blank)
        #expect(reader.read(paper).text.isEmpty)
        // A single slanted stroke of 200 pixels across the whole picture.
        let stroke = Image(
            height: 60, width: 200,
            pixels: (0..<12_000).map { abs($0 / 200 * 4 - $0 % 200) < 4 ? 40 : 230 })
        #expect(reader.read(stroke).lines.isEmpty || reader.read(stroke).lines[0].confidence < 0.9)
    }

    @Test func lengthsAreKept() {
        var options = ReadingOptions { $0.layout = .line }
        for scene in Self.scenes[..<20] {
            let count = scene.digits.count
            options.lengths = count...count
            var reader = DigitReader.pretrained()
            reader.options = options
            let digits = reader.read(scene.image).lines.flatMap(\.digits)
            #expect(digits.isEmpty || digits.count == count)
        }
    }

    @Test func stepsComeWhenAskedFor() {
        let scene = Self.scenes[0]
        #expect(DigitReader.pretrained().read(scene.image).steps.isEmpty)
        let steps = DigitReader.pretrained { $0.keepsSteps = true }.read(scene.image).steps
        #expect(steps.first?.kind == .picture && steps.first?.images == [scene.image])
        #expect(steps.contains { $0.kind == .ink } && steps.contains { $0.kind == .strips })
    }
}
