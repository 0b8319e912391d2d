import Compute
import Imaging
import PictureReading
import ReaderTraining
import SyntheticDigits
import Testing

@Suite struct StripSourceTests {
    /// Strips with a dot of ink in the middle of each digit and nothing else.
    private static func dotted(columns: [Int], width: Int) -> TrainingStrip {
        var ink = [UInt8](repeating: 0, count: LineStrip.height * width)
        for column in columns {
            for row in 15...16 { for x in column - 1...column { ink[row * width + x] = 255 } }
        }
        return TrainingStrip(
            width: width, ink: ink,
            digits: columns.enumerated().map { .init(value: $0.offset % 10, column: Float($0.element)) })
    }

    private func input(_ source: StripSource, epoch: Int?) -> [Float] {
        var values = [Float](repeating: 0, count: source.inputShape.count)
        var span = values.mutableSpan
        if let epoch {
            source.copyTrainingInput(of: 0, epoch: epoch, into: &span)
        } else {
            source.copyInput(of: 0, into: &span)
        }
        return values
    }

    private func classes(_ source: StripSource, epoch: Int?) -> [Int] {
        let columns = StripSource.width / NumberDecoder.columnWidth
        var values = [Float](repeating: 0, count: columns * NumberDecoder.classCount)
        var span = values.mutableSpan
        if let epoch {
            source.copyTrainingTarget(of: 0, epoch: epoch, into: &span)
        } else {
            source.copyTarget(of: 0, into: &span)
        }
        return (0..<columns).map { column in
            let target = values[column * 11..<(column + 1) * 11]
            #expect(target.reduce(0, +) == 1)
            return target.firstIndex(of: 1)! - target.startIndex
        }
    }

    @Test func aStripIsSeenFromItsBeginning() {
        let source = StripSource([Self.dotted(columns: [20, 60], width: 90)], seed: 1)
        let (seen, classes) = (input(source, epoch: nil), classes(source, epoch: nil))
        #expect(
            seen[15 * StripSource.width + 19] == 1 && seen[15 * StripSource.width + 20] == 1
                && seen.reduce(0, +) == 8)
        // A digit's middle and a column to each side.
        #expect(classes[8...12].elementsEqual([10, 0, 0, 0, 10]))
        #expect(classes[28...32].elementsEqual([10, 1, 1, 1, 10]))
    }

    @Test func digitsThatStandNearHaveOneColumn() {
        let source = StripSource([Self.dotted(columns: [20, 26], width: 60)], seed: 1)
        #expect(classes(source, epoch: nil)[9...14].elementsEqual([10, 0, 10, 10, 1, 10]))
    }

    /// Where the ink of a distorted strip is, its targets say a digit.
    @Test(arguments: 1...40) func targetsMoveWithTheInk(epoch: Int) {
        let source = StripSource(
            [Self.dotted(columns: [30, 70, 110], width: 130)], seed: 2, lastDistortedEpoch: 40)
        let (seen, classes) = (input(source, epoch: epoch), classes(source, epoch: epoch))
        var seenDigits = 0
        for digit in 0..<3 {
            let columns = classes.indices.filter { classes[$0] == digit }
            guard let first = columns.first, let last = columns.last, first > 2, last < classes.count - 4
            else { continue }
            seenDigits += 1
            // The middle of the ink within a few columns of the target's middle.
            let middle = Float(first + last + 1)
            var (mass, moment): (Float, Float) = (0, 0)
            for row in 0..<LineStrip.height {
                for column in max(0, Int(middle) - 10)..<min(StripSource.width, Int(middle) + 10) {
                    mass += seen[row * StripSource.width + column]
                    moment += seen[row * StripSource.width + column] * (Float(column) + 0.5)
                }
            }
            #expect(mass > 1 && abs(moment / mass - middle) < 2)
        }
        #expect(seenDigits >= 2)
    }

    @Test func onlyEpochsThatDistortDiffer() {
        let source = StripSource(
            [Self.dotted(columns: [30, 80], width: 100)], seed: 2, lastDistortedEpoch: 3)
        #expect(input(source, epoch: 3) != input(source, epoch: 2))
        #expect(input(source, epoch: 3) == input(source, epoch: 3))
        #expect(input(source, epoch: 4) == input(source, epoch: nil))
        #expect(classes(source, epoch: 4) == classes(source, epoch: nil))
    }

    @Test func stripsOfScenesDoNotDependOnThreads() {
        let generator = SceneGenerator(seed: 4, mix: .numberTraining)
        let strips = TrainingStrip.strips(of: generator, scenes: 0..<30, threads: 3)
        #expect(strips == TrainingStrip.strips(of: generator, scenes: 0..<30, threads: 1))
        #expect(strips.contains { $0.digits.count > 1 } && strips.contains { $0.digits.isEmpty })
        for strip in strips {
            #expect(strip.ink.count == strip.width * LineStrip.height)
            #expect(strip.digits.allSatisfy { 0..<Float(strip.width) ~= $0.column })
        }
    }

    private static let written = SceneGenerator(seed: 4, mix: .numbers, digitCounts: 6...6)

    @Test(arguments: [9, 49, 4, 74]) func picturesOfNoNumberHaveNoDigits(number: Int) {
        let (image, digits) = TrainingStrip.picture(number, of: Self.written)
        #expect(digits.isEmpty && image != Self.written.scene(number).image)
    }

    /// On its side a zero is left, on its head some digits are others; each lies where its ink is.
    @Test(arguments: [
        (14, ImageOrientation.left, [0: 0]), (34, .right, [0: 0]),
        (44, .down, [0: 0, 1: 1, 6: 9, 8: 8, 9: 6]),
    ])
    func turnedPicturesHaveOtherDigits(first: Int, turn: ImageOrientation, values: [Int: Int]) throws {
        var count = 0
        for number in stride(from: first, to: first + 1000, by: 50) {
            let scene = Self.written.scene(number)
            let (image, digits) = TrainingStrip.picture(number, of: Self.written)
            #expect(image == turn.applied(to: scene.image))
            #expect(digits.map(\.value) == scene.digits.compactMap { values[$0.value] })
            // The ink, turned by what turns images.
            let mask = turn.applied(to: scene.mask)
            for digit in digits {
                count += 1
                let rows = digit.box.rows.filter { row in digit.box.columns.contains { mask[row, $0] > 0 } }
                let columns = digit.box.columns.filter { column in
                    digit.box.rows.contains { mask[$0, column] > 0 }
                }
                #expect(rows.first == digit.box.top && rows.last == digit.box.bottom - 1)
                #expect(columns.first == digit.box.left && columns.last == digit.box.right - 1)
            }
        }
        #expect(count > 6)
    }

    /// Once training closes, a wide strip is seen as it is, but another part of it each time.
    @Test func allPartsOfAWideStripAreSeen() {
        let source = StripSource(
            [Self.dotted(columns: [20, 380], width: 400)], seed: 2, lastDistortedEpoch: 0)
        let seen = (1...40).map { classes(source, epoch: $0) }
        #expect(seen.contains { $0.contains(0) } && seen.contains { $0.contains(1) })
        #expect(seen.allSatisfy { !($0.contains(0) && $0.contains(1)) })
    }

    /// A number that rises steeply: of a tall narrow digit the lower end lies before the upper one when the line is level.
    @Test func digitsOfASteepLineAreInItsStrip() throws {
        let bars = (0..<5).map { PixelBox(left: 30 + 40 * $0, top: 170 - 26 * $0, width: 4, height: 40) }
        var pixels = [UInt8](repeating: 240, count: 240 * 240)
        for bar in bars {
            for row in bar.rows { for column in bar.columns { pixels[row * 240 + column] = 20 } }
        }
        let strips = TrainingStrip.strips(
            of: Image(height: 240, width: 240, pixels: pixels),
            digits: bars.enumerated().map { Scene.Digit(value: $0.offset, box: $0.element) }, isOneLine: true)
        #expect(strips.map { $0.digits.map(\.value) } == [[0, 1, 2, 3, 4]])
    }

    /// Digits that are not in the strip's rows, or whose ink is not there, are none of it.
    @Test func digitsBesideAStripAreLeftOut() throws {
        var pixels = [UInt8](repeating: 240, count: 60 * 200)
        for row in 20..<50 { for column in 150..<154 { pixels[row * 200 + column] = 20 } }
        func digit(_ value: Int, top: Int, left: Int) -> Scene.Digit {
            Scene.Digit(value: value, box: PixelBox(left: left, top: top, width: 4, height: 30))
        }
        let strips = TrainingStrip.strips(
            of: Image(height: 60, width: 200, pixels: pixels),
            digits: [
                digit(7, top: 20, left: 2), digit(1, top: 20, left: 150), digit(4, top: -900, left: 150),
            ],
            isOneLine: true)
        #expect(strips.map { $0.digits.map(\.value) } == [[1]])
    }
}
