import Compute
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
                #expect(isNear(digit.box, truth.box, within: truth.box.height))
                #expect(digit.probabilities.count == 10)
            }
        }
        // 52 were.
        #expect(right >= 50, "\(right) of \(Self.scenes.count)")
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

    /// Where a box is in an image that is turned so that it has to be turned back as an orientation says.
    private func turned(_ box: PixelBox, of image: Image, _ orientation: ImageOrientation) -> PixelBox {
        switch orientation {
        case .left:
            PixelBox(left: image.height - box.bottom, top: box.left, width: box.height, height: box.width)
        case .right:
            PixelBox(left: box.top, top: image.width - box.right, width: box.height, height: box.width)
        case .down:
            PixelBox(
                left: image.width - box.right, top: image.height - box.bottom, width: box.width,
                height: box.height)
        default: box
        }
    }

    /// An image as a file has it that is to be turned as an orientation says.
    private func stored(_ image: Image, _ orientation: ImageOrientation) -> Image {
        let back: ImageOrientation =
            orientation == .left ? .right : orientation == .right ? .left : orientation
        return back.applied(to: image)
    }

    private func isNear(_ box: PixelBox, _ other: PixelBox, within distance: Int) -> Bool {
        abs(box.left + box.right - other.left - other.right) <= 2 * distance
            && abs(box.top + box.bottom - other.top - other.bottom) <= 2 * distance
    }

    /// Of pictures on their side some are seen to be; their boxes are the picture's own.
    @Test(arguments: [ImageOrientation.left, .right, .down]) func turnedPicturesAreRead(
        turn: ImageOrientation
    ) {
        let reader = DigitReader.pretrained()
        var (right, upright) = (0, 0)
        for scene in Self.scenes[..<30] where reader.read(scene.image).text == text(scene) {
            upright += 1
            let reading = reader.read(stored(scene.image, turn))
            guard reading.text == text(scene), let line = reading.lines.first, reading.lines.count == 1
            else { continue }
            right += 1
            #expect(abs(abs(line.angle) - (turn == .down ? 180 : 90)) < 20)
            for (digit, truth) in zip(line.digits, scene.digits) {
                #expect(
                    isNear(digit.box, turned(truth.box, of: scene.image, turn), within: truth.box.height))
            }
        }
        // 9, 12 and 7 of 23 were.
        #expect(upright >= 22 && 23 * right >= 6 * upright, "\(right) of \(upright)")
    }

    /// The orientation of a file is tried first; boxes are those of the upright picture, at its full size.
    @Test func orientationsOfFilesCount() throws {
        let reader = DigitReader.pretrained { $0.layout = .line }
        let scene = try #require(Self.scenes.first { reader.read($0.image).text == text($0) })
        let plain = reader.read(scene.image)
        for orientation in [ImageOrientation.up, .left, .right, .down] {
            let image = stored(scene.image, orientation)
            let file = DecodedImage(
                image: image, orientation: orientation, format: .jpeg, pageCount: 1,
                originalWidth: 2 * image.width + 1, originalHeight: 2 * image.height)
            let reading = reader.read(file)
            #expect(reading.text == plain.text)
            let isOnItsSide = orientation == .left || orientation == .right
            #expect(reading.width == (isOnItsSide ? file.originalHeight : file.originalWidth))
            #expect(reading.height == (isOnItsSide ? file.originalWidth : file.originalHeight))
            for (digit, small) in zip(reading.lines[0].digits, plain.lines[0].digits) {
                #expect(abs(digit.box.left - 2 * small.box.left) <= 3)
                #expect(abs(digit.box.bottom - 2 * small.box.bottom) <= 3)
            }
        }
    }

    /// A note in the file that the picture was turned, where it has been turned already.
    @Test func staleOrientationsDoNotCount() {
        let reader = DigitReader.pretrained()
        var (right, all) = (0, 0)
        for scene in Self.scenes[..<20] where reader.read(scene.image).text == text(scene) {
            all += 1
            let file = DecodedImage(
                image: scene.image, orientation: .right, format: .jpeg, pageCount: 1,
                originalWidth: scene.image.width, originalHeight: scene.image.height)
            if reader.read(file).text == text(scene) { right += 1 }
        }
        // 5 of 16 were.
        #expect(all >= 15 && 4 * right >= all, "\(right) of \(all)")
    }

    @Test func whatTheReaderCannotUseIsRefused() throws {
        let other = try Model(input: [28, 28, 1], seed: 1, classNames: (0..<10).map { "shirt \($0)" }) {
            Flatten()
            Dense(10, activation: .softmax)
        }
        #expect(throws: InputError.self) { try DigitReader(digits: other) }
        let small = try Model(input: [14, 14, 1], seed: 1) {
            Flatten()
            Dense(10, activation: .softmax)
        }
        #expect(throws: InputError.self) { try DigitReader(digits: small) }
        #expect(throws: (any Error).self) { try DigitReader.pretrained().read(contentsOf: "/nowhere.png") }
        #expect(throws: (any Error).self) { try DigitReader.pretrained().read(contentsOf: "/dev/zero") }
    }

    /// Noise has thousands of pieces: few of them are read.
    @Test func noiseEnds() {
        var random = CounterBasedRandom(seed: 8, purpose: .corruption)
        let noise = Image(
            height: 300, width: 300,
            pixels: (0..<90_000).map { _ in UInt8(truncatingIfNeeded: random.next32()) })
        #expect(DigitReader.pretrained().read(noise).lines.count <= 300)
        // Dashes of a pixel's height, a picture as wide as a line can be.
        let dashes = Image(
            height: 8, width: 40_000, pixels: (0..<320_000).map { $0 / 40_000 == 4 && $0 % 5 < 2 ? 0 : 255 })
        #expect(DigitReader.pretrained { $0.layout = .line }.read(dashes).refusal?.kind == .noDigits)
    }

    @Test func whatHasNoDigitsIsRefused() {
        let reader = DigitReader.pretrained()
        for level: UInt8 in [0, 230, 255] {
            let paper = Image(height: 60, width: 90, pixels: [UInt8](repeating: level, count: 5400))
            let refusal = reader.read(paper).refusal
            #expect(refusal?.kind == .blank)
            #expect(
                refusal?.reason.hasPrefix("Nothing stands out from its ground as ink does; give ") == true)
        }
        let paper = Image(height: 60, width: 90, pixels: [UInt8](repeating: 230, count: 5400))
        #expect(reader.read(paper).text.isEmpty)
        // A single slanted stroke of 200 pixels across the whole picture.
        let stroke = Image(
            height: 60, width: 200,
            pixels: (0..<12_000).map { abs($0 / 200 * 4 - $0 % 200) < 4 ? 40 : 230 })
        let read = reader.read(stroke)
        #expect(read.lines.isEmpty || read.lines[0].confidence < 0.9)
    }

    @Test func lengthsAreKept() {
        var options = ReadingOptions { $0.layout = .line }
        var read = 0
        for scene in Self.scenes[..<20] {
            let count = scene.digits.count
            options.lengths = count...count
            var reader = DigitReader.pretrained()
            reader.options = options
            let digits = reader.read(scene.image).lines.flatMap(\.digits)
            #expect(digits.isEmpty || digits.count == count)
            if !digits.isEmpty { read += 1 }
        }
        #expect(read >= 15)
    }

    /// What surely has another length is no number, and the reason names what was asked for.
    @Test(arguments: [
        (12...12, "12 digits"), (1...1, "1 digit"), (9...12, "9 to 12 digits"),
        (20...Int.max, "20 or more digits"),
    ])
    func otherLengthsAreRefused(lengths: ClosedRange<Int>, words: String) throws {
        let reader = DigitReader.pretrained { $0.layout = .line }
        let scene = try #require(
            Self.scenes.first { scene in
                let reading = reader.read(scene.image)
                return reading.text == text(scene) && scene.digits.count <= 6
                    && reading.lines[0].digits.allSatisfy { $0.confidence > 0.95 }
            })
        let refusal = DigitReader.pretrained {
            $0.layout = .line
            $0.lengths = lengths
        }.read(scene.image).refusal
        #expect(refusal?.kind == .noDigits)
        #expect(
            refusal?.reason
                == "There is ink, but no number of \(words); read it for any length to see what there is.")
    }

    /// A length turns no number on its head to find one that fits.
    @Test func numbersThatAreSureStayUpright() {
        let reader = DigitReader.pretrained { $0.layout = .line }
        var all = 0
        for scene in Self.scenes {
            let reading = reader.read(scene.image)
            guard scene.digits.count > 2, reading.text == text(scene),
                reading.lines[0].digits.allSatisfy({ $0.confidence > 0.95 })
            else { continue }
            all += 1
            for count in 1..<3 {
                let shorter = DigitReader.pretrained {
                    $0.layout = .line
                    $0.lengths = count...count
                }.read(scene.image)
                #expect(shorter.lines.isEmpty, "\(shorter.text) of \(reading.text)")
            }
        }
        #expect(all >= 40)
    }

    /// One of several digits is not read as if it were alone.
    @Test func severalDigitsAreNoneAlone() {
        let single = DigitReader.pretrained { $0.layout = .digit }
        let line = DigitReader.pretrained { $0.layout = .line }
        var (read, all) = (0, 0)
        for scene in Self.scenes {
            let reading = line.read(scene.image)
            guard reading.text == text(scene), reading.lines[0].digits.allSatisfy({ $0.confidence > 0.95 })
            else { continue }
            all += 1
            if !single.read(scene.image).lines.isEmpty { read += 1 }
        }
        // 1 of 47 was; of what is not read as a number, too, 5 were.
        #expect(all >= 40 && read <= 2, "\(read) of \(all)")
    }

    /// Where ink of the other colour alone is there, the reason says so.
    @Test func aWrongColourIsToldSo() {
        // There is no lighter ink where paper is as light as can be.
        let bar = Image(
            height: 200, width: 300,
            pixels: (0..<60_000).map { 80..<120 ~= $0 / 300 && 150..<154 ~= $0 % 300 ? 20 : 255 })
        let refusal = DigitReader.pretrained { $0.inkColor = .light }.read(bar).refusal
        #expect(refusal?.kind == .blank)
        #expect(refusal?.reason.contains("but there is dark ink; let the ink's colour be found") == true)
    }

    @Test(arguments: [
        (ReadingOptions.Layout.digit, [.picture, .withoutPaper, .ink, .withoutRules, .pieces, .digits]),
        (.line, ReadingStep.Kind.allCases), (.lines, ReadingStep.Kind.allCases),
    ])
    func stepsComeWhenAskedFor(layout: ReadingOptions.Layout, kinds: [ReadingStep.Kind]) throws {
        let scene = try #require(
            Self.scenes.first { DigitReader.pretrained().read($0.image).text == text($0) })
        #expect(DigitReader.pretrained { $0.layout = layout }.read(scene.image).steps.isEmpty)
        let reading = DigitReader.pretrained {
            $0.layout = layout
            $0.keepsSteps = true
        }.read(scene.image)
        #expect(reading.steps.map(\.kind) == kinds)
        #expect(reading.steps[0].images == [scene.image])
        for step in reading.steps where !step.boxes.isEmpty { #expect(step.boxes.count == step.images.count) }
        let pieces = try #require(reading.steps.first { $0.kind == .pieces })
        for (image, boxes) in zip(pieces.images, pieces.boxes) {
            #expect(boxes.count == 1 && boxes[0].width == image.width && boxes[0].height == image.height)
            #expect(image.pixels.contains { $0 > 128 })
        }
        let count = layout == .digit ? 1 : reading.lines.reduce(0) { $0 + $1.digits.count }
        #expect(reading.steps.last?.images.count == count)
    }

    /// Of the pieces of one digit specks beside it are none.
    @Test func piecesOfADigitAreItsOwn() throws {
        let picture = Image(
            height: 60, width: 60,
            pixels: (0..<3600).map { pixel in
                let (y, x) = (Double(pixel / 60) - 29.5, Double(pixel % 60) - 29.5)
                let isRing = 9...13 ~= (y * y + x * x).squareRoot()
                let isSpeck = abs(y + 14) < 1.5 && abs(x - 12) < 1.5
                return isRing || isSpeck ? 20 : 240
            })
        let reading = DigitReader.pretrained {
            $0.layout = .digit
            $0.keepsSteps = true
        }.read(picture)
        let pieces = try #require(reading.steps.first { $0.kind == .pieces })
        let piece = try #require(pieces.images.first)
        #expect(reading.text == "0" && piece[0, piece.width - 1] == 0)
    }

    @Test(arguments: [(0, 0), (0, 5), (1, 1), (1, 400), (400, 1), (2, 2), (8, 8)])
    func oddSizesAreTaken(height: Int, width: Int) {
        for level: UInt8 in [0, 128, 255] {
            let image = Image(
                height: height, width: width, pixels: (0..<height * width).map { $0 % 7 == 3 ? 60 : level })
            for layout in ReadingOptions.Layout.allCases {
                let reading = DigitReader.pretrained { $0.layout = layout }.read(image)
                #expect(reading.width == width && reading.height == height)
                #expect(reading.lines.isEmpty == (reading.refusal != nil))
            }
        }
    }
}
