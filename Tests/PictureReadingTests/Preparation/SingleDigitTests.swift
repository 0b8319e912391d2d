import DigitRecognition
import Imaging
import PictureReading
import SyntheticDigits
import TestSupport
import Testing

@Suite struct SingleDigitTests {
    private static let styles: [SceneStyle] = [.plainDigit, .boxedDigit, .examCell, .sudokuCell]

    private func digits(_ style: SceneStyle, count: Int) -> [(image: Image, value: Int)] {
        DrawnScenes.scenes(style, count: count, digitCounts: 1...1).compactMap { scene in
            guard scene.digits.count == 1, let ink = InkFinder().ink(of: scene.image),
                let digit = SingleDigit(in: ink)
            else { return nil }
            return (digit.image, scene.digits[0].value)
        }
    }

    // MARK: MNIST's form

    @Test(arguments: styles)
    func theCentreOfMassIsInTheMiddle(style: SceneStyle) {
        let digits = digits(style, count: 60)
        #expect(digits.count > 50)
        for (image, _) in digits {
            #expect(image.shape == ImageShape(height: 28, width: 28))
            let (row, column) = centre(of: image)
            // To the pixel: half of one, and what bytes round.
            #expect(abs(row - 13.5) < 0.51 && abs(column - 13.5) < 0.51, "\(row), \(column)")
            let (rows, columns) = extent(of: image)
            #expect(rows.count <= 20 && columns.count <= 20 && max(rows.count, columns.count) >= 19)
            #expect(image.pixels.count { $0 == 255 } > 5)
        }
    }

    private func centre(of image: Image) -> (row: Double, column: Double) {
        var (mass, rows, columns) = (0.0, 0.0, 0.0)
        for (place, level) in image.pixels.enumerated() {
            mass += Double(level)
            rows += Double(level) * Double(place / 28)
            columns += Double(level) * Double(place % 28)
        }
        return (rows / mass, columns / mass)
    }

    /// The rows and columns that anything is in.
    private func extent(of image: Image) -> (rows: Range<Int>, columns: Range<Int>) {
        let places = image.pixels.indices.filter { image.pixels[$0] > 0 }
        let (rows, columns) = (places.map { $0 / 28 }, places.map { $0 % 28 })
        return (rows.min()!..<rows.max()! + 1, columns.min()!..<columns.max()! + 1)
    }

    /// The first view is the image itself, the others are narrower and wider where there is room.
    @Test func viewsDifferInWidth() throws {
        var plane = Plane(height: 100, width: 100)
        plane.fill(rows: 20..<80, columns: 42..<48)
        plane.fill(rows: 20..<26, columns: 42..<66)
        let ink = try #require(InkFinder().ink(of: plane.map { 1 - 0.9 * $0 }.inkImage))
        let digit = try #require(SingleDigit(in: ink))
        let views = digit.views
        #expect(views.count == 3 && views[0] == digit.image)
        let widths = views.map { extent(of: $0).columns.count }
        #expect(widths[1] < widths[0] && widths[0] < widths[2], "\(widths)")
        #expect(views.allSatisfy { extent(of: $0).rows.count == extent(of: digit.image).rows.count })
    }

    @Test func aSmallPictureIsSeenAsItIs() {
        let bar = Image(height: 28, width: 28) { row, column in 4..<24 ~= row && 12..<16 ~= column ? 250 : 20
        }
        #expect(DigitImage.asItIs(bar, inkColor: .light) == bar)
        #expect(DigitImage.asItIs(bar.negative, inkColor: .dark) == bar)
        // Colours count alike, and sizes are made one.
        let twice = Image(
            shape: ImageShape(height: 56, width: 56, channels: 3),
            pixels: (0..<56 * 56).flatMap { place in
                let level = bar[place / 56 / 2, place % 56 / 2]
                return [level - 10, level, level + 5]
            })
        let seen = DigitImage.asItIs(twice, inkColor: .light)
        #expect(seen?.shape == DigitImage.shape && seen?[14, 13] == 248 && seen?[0, 0] == 18)
    }

    @Test(arguments: [(57, 50), (20, 28), (28, 36), (0, 0)])
    func largeAndLongPicturesAreNotSeenAsTheyAre(height: Int, width: Int) {
        let picture = Image(height: height, width: width) { _, _ in 9 }
        #expect(DigitImage.asItIs(picture, inkColor: .light) == nil)
    }

    @Test func anHairlineIsWidened() {
        var plane = Plane(height: 400, width: 400)
        plane.drawRing(row: 200, column: 200, radius: 150, width: 1.5)
        let image = DigitImage.fitted(plane)
        #expect(image.pixels.count { $0 > 200 } > 60)
    }

    @Test func piecesOfADigitStayTogetherAndSpecksGo() throws {
        var plane = Plane(height: 100, width: 100)
        // A five whose bar is apart, a full stop, and a speck at the edge.
        plane.fill(rows: 40..<80, columns: 40..<60)
        plane.fill(rows: 50..<70, columns: 40..<54, with: 0)
        plane.fill(rows: 30..<35, columns: 45..<70)
        plane.fill(rows: 76..<80, columns: 75..<79)
        plane.fill(rows: 2..<5, columns: 2..<5)
        let ink = Ink(plane: plane, color: .dark, scale: 1, strength: 0.5, grain: 0.01, strokeWidth: 5)
        let digit = try #require(SingleDigit(in: ink))
        #expect(digit.box == PixelBox(top: 30, left: 40, bottom: 80, right: 70))
    }

    /// On ruled and squared paper, in a tilted box, in a ring.
    @Test func whatIsAroundADigitGoes() throws {
        func box(_ draw: (inout Plane) -> Void) throws -> PixelBox {
            var plane = Plane(height: 120, width: 120)
            plane.drawRing(row: 60, column: 60, radius: 22, width: 6)
            draw(&plane)
            let ink = Ink(plane: plane, color: .dark, scale: 1, strength: 0.5, grain: 0.01, strokeWidth: 5)
            return try #require(SingleDigit(in: ink)).box
        }
        let alone = try box { _ in }
        let boxes = [
            "ruled": try box { for row in [20, 60, 100] { $0.fill(rows: row..<row + 2, columns: 0..<120) } },
            "squared": try box { plane in
                for place in [10, 50, 90] {
                    plane.fill(rows: place..<place + 2, columns: 0..<120)
                    plane.fill(rows: 0..<120, columns: place..<place + 2)
                }
            },
            "tilted": try box { plane in
                for step in -45...45 {
                    for side in [-42, 42] {
                        let lean = step * 15 / 100
                        plane.fill(rows: 60 + side + lean..<63 + side + lean, columns: 60 + step..<61 + step)
                        plane.fill(rows: 60 + step..<61 + step, columns: 60 + side - lean..<63 + side - lean)
                    }
                }
            },
            "ring": try box { $0.drawRing(row: 60, column: 60, radius: 50, width: 3) },
        ]
        for (name, box) in boxes {
            let differences = [
                box.left - alone.left, box.top - alone.top, box.right - alone.right,
                box.bottom - alone.bottom,
            ]
            #expect(differences.allSatisfy { abs($0) <= 2 }, "\(name): \(box) and \(alone)")
        }
    }

    @Test func withoutInkThereIsNoDigit() {
        let none = Ink(
            plane: Plane(height: 9, width: 9), color: .dark, scale: 1, strength: 0.5, grain: 0.01,
            strokeWidth: 2)
        #expect(SingleDigit(in: none) == nil)
    }

    @Test(arguments: [(0, 0), (1, 1), (1, 300), (300, 1), (5, 5)])
    func anyInkIsFitted(height: Int, width: Int) {
        for value: Float in [0, 0.1, 0.5, 1] {
            let image = DigitImage.fitted(Plane(height: height, width: width, filledWith: value))
            #expect(image.shape == ImageShape(height: 28, width: 28))
        }
    }

    @Test func whatIsFarTooLongForADigitIsFittedInLittleMemory() {
        // Widened as it is, it would take 180 gigabytes.
        let image = DigitImage.fitted(Plane(height: 1, width: 600_000, filledWith: 1))
        // A level stroke, two or three pixels thick.
        #expect(20...60 ~= image.pixels.count { $0 > 0 })
    }

    @Test func ofCountlessPiecesOnlySomeAreCompared() throws {
        var plane = Plane(height: 20, width: 40_000)
        for stroke in 0..<10_000 { plane.fill(rows: 5..<15, columns: 4 * stroke..<4 * stroke + 3) }
        let ink = Ink(plane: plane, color: .dark, scale: 1, strength: 0.5, grain: 0.01, strokeWidth: 4)
        let digit = try #require(SingleDigit(in: ink))
        #expect(digit.box == PixelBox(top: 5, left: 0, bottom: 15, right: 4 * 4000 - 1))
    }

    // MARK: Read

    private func collection(_ images: [Image]) -> ImageCollection {
        ImageCollection(height: 28, width: 28, bytes: images.flatMap(\.pixels)[...])
    }

    @Test(arguments: zip(styles, [0.86, 0.84, 0.87, 0.89]))
    func theShippedNetworkReadsThem(style: SceneStyle, floor: Double) throws {
        let digits = digits(style, count: 200)
        let read = try PretrainedModel.accurate.model().predict(collection(digits.map(\.image)))
        let right = zip(read, digits).count { $0.label == $1.value }
        #expect(Double(right) / 200 >= floor, "\(style): \(right) of \(digits.count), of 200 scenes.")
    }

    /// MNIST's own images come back as they are.
    @Test(.enabled(if: RealData.isThere, RealData.skipped))
    func imagesOfMNISTComeBack() async throws {
        let test = try await MNIST.load(from: RealData.folder).test.subset(0..<500)
        var (near, equal) = ([InkColor: Int](), 0)
        var labels: [Int] = []
        var images: [Image] = []
        for (number, original) in test.images.enumerated() {
            var both: [Image] = []
            for color in InkColor.allCases {
                // MNIST is light on dark.
                let image = color == .light ? original : original.negative
                guard let ink = InkFinder().ink(of: image), ink.color == color,
                    let digit = SingleDigit(in: ink)
                else { continue }
                let difference = zip(digit.image.pixels, original.pixels).reduce(0) {
                    $0 + abs(Int($1.0) - Int($1.1))
                }
                if difference < 784 * 16 { near[color, default: 0] += 1 }
                both.append(digit.image)
                images.append(digit.image)
                labels.append(test.labels[number])
            }
            if both.count == 2,
                zip(both[0].pixels, both[1].pixels).allSatisfy({ abs(Int($0) - Int($1)) <= 64 })
            {
                equal += 1
            }
        }
        let read = try PretrainedModel.accurate.model().predict(collection(images))
        let right = zip(read, labels).count { $0.label == $1 }
        #expect(near[.dark, default: 0] >= 270 && near[.light, default: 0] >= 270, "\(near)")
        #expect(equal == 500, "Both colours alike: \(equal)")
        #expect(right >= 980, "Read right: \(right) of \(images.count)")
    }
}
