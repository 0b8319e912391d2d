import Compute
import Imaging
import PictureReading
import SyntheticDigits
import TestSupport
import Testing

@Suite struct InkFinderTests {
    // MARK: Scenes

    /// At least such shares, a little below what was measured: of the ink found how much was drawn, and of the ink drawn how much was
    /// found, over all pixels of a style's scenes.
    private static let floors: [(style: SceneStyle, precision: Double, recall: Double)] = [
        (.amount, 0.51, 0.945), (.strip, 0.59, 0.97), (.comb, 0.51, 0.97), (.plainDigit, 0.59, 0.97),
        (.boxedDigit, 0.45, 0.945), (.examCell, 0.52, 0.97), (.sudokuCell, 0.45, 0.92), (.grid, 0.31, 0.98),
        (.page, 0.58, 0.96), (.stylus, 0.86, 0.99), (.blackboard, 0.7, 0.93),
    ]

    /// Only digits' ink is drawn ink: rules, boxes, marks and print are found too, and count against precision.
    @Test(arguments: floors)
    func theInkFoundIsTheInkDrawn(style: SceneStyle, leastPrecision: Double, leastRecall: Double) {
        var (hits, found, drawn) = (0, 0, 0)
        for scene in DrawnScenes.scenes(style, count: [.page, .grid].contains(style) ? 20 : 100) {
            guard let ink = InkFinder().ink(of: scene.image) else { continue }
            let mask = Plane(scene.mask, channel: 0, height: ink.plane.height, width: ink.plane.width)
            for (number, truth) in zip(ink.plane.values, mask.values) {
                let (isFound, isDrawn) = (number >= Ink.threshold, truth >= 0.5)
                if isFound { found += 1 }
                if isDrawn { drawn += 1 }
                if isFound && isDrawn { hits += 1 }
            }
        }
        let (precision, recall) = (Double(hits) / Double(found), Double(hits) / Double(drawn))
        #expect(
            precision >= leastPrecision && recall >= leastRecall,
            "\(style): precision \(precision), recall \(recall).")
    }

    @Test(
        arguments: zip(
            SceneStyle.allCases, [0.97, 0.98, 0.98, 0.97, 0.96, 0.97, 0.95, 0.95, 0.9, 0.98, 0.98]))
    func theColourOfTheInkIsFound(style: SceneStyle, floor: Double) {
        var (right, count) = (0, 0)
        for scene in DrawnScenes.scenes(style, count: [.page, .grid].contains(style) ? 20 : 100) {
            guard let color = scene.inkColor else { continue }
            count += 1
            if InkFinder().ink(of: scene.image)?.color == color { right += 1 }
        }
        let share = Double(right) / Double(count)
        #expect(share >= floor, "\(style): right in \(right) of \(count) scenes.")
    }

    /// One channel is the picture: the result is the same, and so is one of light ink.
    @Test func aGreyPictureInColoursIsReadAsAGreyOne() throws {
        let scene = try #require(DrawnScenes.scenes(.examCell, count: 3).first { $0.image.channels == 1 })
        let grey = scene.image
        let colored = Image(
            height: grey.height, width: grey.width, channels: 3,
            pixels: grey.pixels.flatMap { [$0, $0, $0] })
        #expect(InkFinder().ink(of: colored) == InkFinder().ink(of: grey))
        // A pen that only one channel shows.
        var blue = colored.pixels
        for place in stride(from: 0, to: blue.count, by: 3) { (blue[place], blue[place + 1]) = (230, 230) }
        let shown = InkFinder().ink(of: Image(shape: colored.shape, pixels: blue))
        #expect(shown?.color == InkFinder().ink(of: grey)?.color)
    }

    /// Grain, and a pen so broad that more than half of the picture is ink.
    @Test func aBroadPenIsFound() throws {
        var random = CounterBasedRandom(seed: 3, purpose: .scenes)
        let image = Image(height: 90, width: 90) { row, column in
            let isInk = !(12..<78 ~= row && (14..<40 ~= column || 50..<76 ~= column))
            return UInt8((isInk ? 60 : 200) + 14 * random.nextNearlyNormal())
        }
        let ink = try #require(InkFinder(color: .dark).ink(of: image))
        #expect(ink.plane[45, 45] >= 0.5 && ink.plane[45, 27] < Ink.threshold)
    }

    /// Paper on a darker table: only what is written is ink.
    @Test(arguments: [40, 110]) func theTableAroundPaperGoes(table: Int) throws {
        var writing = Plane(height: 200, width: 300)
        writing.drawRing(row: 100, column: 120, radius: 18, width: 4)
        writing.drawRing(row: 100, column: 180, radius: 18, width: 4)
        for isSeenAround in [true, false] {
            let image = Image(height: 200, width: 300) { row, column in
                let isTable = isSeenAround ? row < 30 || column < 40 || column > 250 : column < 40
                return isTable ? UInt8(table) : writing[row, column] > 0 ? 50 : 225
            }
            let ink = try #require(InkFinder().ink(of: image))
            let found = Components(of: ink.plane).all.map(\.box)
            #expect(found.count == 2 && found.allSatisfy { $0.width < 50 }, "\(found)")
            #expect(ink.strokeWidth <= 8)
        }
    }

    @Test func aColourThatIsKnownIsTaken() throws {
        var ring = Plane(height: 100, width: 100)
        ring.drawRing(row: 50, column: 50, radius: 30, width: 4)
        let image = Image(height: 100, width: 100) { row, column in ring[row, column] > 0 ? 60 : 220 }
        for color in InkColor.allCases {
            #expect(
                try #require(InkFinder(color: color).ink(of: color == .dark ? image : image.negative)).color
                    == color)
        }
    }

    @Test func lightThatFallsOffIsNoInk() throws {
        // Paper four times as bright on the right as on the left, ink half as bright as its ground.
        let image = Image(height: 120, width: 200) { row, column in
            let ground = 60 + column * 180 / 200
            return UInt8((20..<100 ~= row && column % 40 < 4) ? ground / 2 : ground)
        }
        let ink = try #require(InkFinder().ink(of: image))
        for row in 0..<120 {
            for column in 0..<200 {
                let isInk = 20..<100 ~= row && column % 40 < 4
                #expect((ink.plane[row, column] >= Ink.threshold) == isInk, "\(row), \(column)")
            }
        }
        #expect(ink.strokeWidth == 4 && ink.scale == 1)
    }

    // MARK: No ink

    @Test func blankPaperHasNoInk() {
        for level: UInt8 in [0, 1, 7, 128, 250, 255] {
            for (height, width) in [(1, 1), (1, 40), (40, 1), (2, 2), (28, 28), (300, 200)] {
                #expect(InkFinder().ink(of: Image(height: height, width: width) { _, _ in level }) == nil)
            }
        }
    }

    @Test func grainAloneIsNoInk() {
        for amplitude: Float in [1, 4, 16, 60, 255] {
            for size in [28, 100, 400] {
                let noise = Plane.random(height: size, width: size, seed: UInt64(size))
                let image = Image(height: size, width: size) { row, column in
                    UInt8(min(255, (255 - amplitude) / 2 + amplitude * noise[row, column]))
                }
                #expect(InkFinder().ink(of: image) == nil, "Noise of \(amplitude) levels, \(size) pixels")
            }
        }
    }

    // MARK: Odd pictures

    @Test func anEmptyImageHasNoInk() {
        for shape in [
            ImageShape(height: 0, width: 0), ImageShape(height: 0, width: 9),
            ImageShape(height: 4, width: 4, channels: 0),
        ] {
            #expect(InkFinder().ink(of: Image(shape: shape, pixels: [])) == nil)
        }
    }

    /// Everything that is done to a picture, whatever comes of it.
    private func prepare(_ image: Image) {
        guard let ink = InkFinder().ink(of: image) else { return }
        #expect(ink.plane.values.allSatisfy { 0...1 ~= $0 })
        #expect(1...255 ~= ink.strokeWidth && ink.strength > 0 && ink.grain > 0)
        _ = SingleDigit(in: ink)
        let plane = RuledInk(ink.plane, length: 30, strokeWidth: 3).plane
        let components = Components(of: plane)
        for isOneLine in [false, true] {
            for line in LineFinder(isOneLine: isOneLine).lines(of: components, strokeWidth: ink.strokeWidth) {
                _ = LineStrip(line, of: plane, components: components, strokeWidth: ink.strokeWidth)
            }
        }
    }

    @Test func oddPicturesAreTaken() {
        let sizes = [
            (1, 1), (1, 2), (1, 500), (500, 1), (2, 90), (3, 3), (8, 8), (28, 28), (90, 7), (5, 3000),
        ]
        for (number, (height, width)) in sizes.enumerated() {
            let noise = Plane.random(height: height, width: width, seed: UInt64(number))
            let levels: [(Int, Int) -> UInt8] = [
                { row, column in row == height / 2 && column == width / 2 ? 0 : 255 },
                { row, column in row == 0 && column == 0 ? 255 : 0 },
                { row, column in (row + column) % 2 == 0 ? 0 : 255 },
                { row, _ in row % 3 == 0 ? 0 : 255 },
                { _, column in column < width / 2 ? 0 : 255 },
                { row, column in UInt8(noise[row, column] * 255) },
                { row, column in noise[row, column] > 0.95 ? 0 : 255 },
            ]
            for level in levels { prepare(Image(height: height, width: width, level)) }
            prepare(
                Image(
                    height: height, width: width, channels: 4,
                    pixels: (0..<height * width * 4).map { UInt8($0 * 89 % 256) }))
        }
    }

    /// A strip whose shorter side is enlarged needs no more than a page.
    @Test func aVeryLongStripStaysSmall() throws {
        let image = Image(height: 2, width: 60_000) { _, column in column % 50 < 3 ? 0 : 255 }
        let ink = try #require(InkFinder().ink(of: image))
        #expect(ink.plane.values.count <= 5_000_000 && abs(Double(ink.plane.width) - 60_000 * ink.scale) < 1)
    }

    // MARK: Reproducible

    @Test func theSameImageHasTheSameInkOnAnyThread() {
        let scenes = SceneGenerator(seed: 42, heights: 16...40).scenes(0..<24, threads: 2)
        @Sendable func prepared(_ scene: Scene) -> [AnyHashable] {
            guard let ink = InkFinder().ink(of: scene.image) else { return [] }
            let components = Components(of: ink.plane)
            let lines = LineFinder().lines(of: components, strokeWidth: ink.strokeWidth)
            let strips = lines.map {
                LineStrip($0, of: ink.plane, components: components, strokeWidth: ink.strokeWidth)
            }
            return [ink, SingleDigit(in: ink), lines, strips]
        }
        let expected = scenes.map(prepared)
        for threads in [2, 3, 8] {
            var results = [[AnyHashable]](repeating: [], count: scenes.count)
            results.withUnsafeMutableBufferPointer { results in
                // Sendable: each piece writes its own result, and all live until the run ends.
                nonisolated(unsafe) let results = results
                WorkerPool(threads: threads).run(pieces: scenes.count) { piece, _ in
                    results[piece] = prepared(scenes[piece])
                }
            }
            #expect(results == expected, "\(threads) threads")
        }
    }
}
