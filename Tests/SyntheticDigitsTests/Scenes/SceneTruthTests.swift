import Imaging
import SyntheticDigits
import Testing

/// What a scene says about itself is what is in its picture.
@Suite struct SceneTruthTests {
    @Test(arguments: SceneStyle.allCases)
    func everySceneIsValid(style: SceneStyle) {
        let generator = DrawnScenes.generator(.only(style))
        var readable = 0
        let count = DrawnScenes.count(style, of: 1000)
        // In pieces, so that not all of them are in memory at once.
        for start in stride(from: 0, to: count, by: 100) {
            for (offset, scene) in generator.scenes(start..<start + 100, threads: 2).enumerated() {
                expectValid(scene, "\(style) \(start + offset)")
                if !scene.digits.isEmpty { readable += 1 }
            }
        }
        // Now and then the only digit is cut off, or a table is empty.
        #expect(readable > count * 97 / 100, "\(readable) of \(count) scenes have digits.")
    }

    @Test func sizesAtTheEndsOfTheRangeAreDrawn() {
        for heights: ClosedRange<Float> in [8...8, 120...120] {
            for style in SceneStyle.allCases {
                let generator = DrawnScenes.generator(.only(style), heights: heights)
                for index in 0..<8 { expectValid(generator.scene(index), "\(style) \(index)") }
            }
        }
    }

    @Test func negativesHaveNoDigits() {
        let generator = DrawnScenes.generator()
        for scene in generator.negatives(0..<1000, threads: 2) {
            #expect(scene.lines.isEmpty && scene.mask.pixels.allSatisfy { $0 == 0 })
            #expect(scene.owners.allSatisfy { $0 == 0 })
        }
    }

    private func expectValid(_ scene: Scene, _ what: String) {
        let (height, width) = (scene.image.height, scene.image.width)
        #expect([1, 3].contains(scene.image.channels) && min(height, width) >= 16, "\(what)")
        #expect(
            scene.mask.shape == ImageShape(height: height, width: width)
                && scene.owners.count == height * width,
            "\(what)")
        #expect(scene.lines.allSatisfy { !$0.digits.isEmpty }, "\(what)")
        let digits = scene.digits
        for digit in digits {
            #expect(
                0..<10 ~= digit.value && digit.box.left >= 0 && digit.box.top >= 0 && digit.box.width > 0
                    && digit.box.height > 0 && digit.box.columns.upperBound <= width
                    && digit.box.rows.upperBound <= height, "\(what): \(digit)")
        }
        // All ink of digits belongs to one of them, and lies in its box.
        var inked = [Int](repeating: 0, count: digits.count)
        for (pixel, owner) in scene.owners.enumerated() {
            guard (owner > 0) == (scene.mask.pixels[pixel] > 0), owner <= digits.count else {
                Issue.record("\(what): mask and owners differ at \(pixel).")
                return
            }
            guard owner > 0 else { continue }
            let box = digits[Int(owner) - 1].box
            inked[Int(owner) - 1] += 1
            guard box.columns ~= pixel % width, box.rows ~= pixel / width else {
                Issue.record("\(what): ink of digit \(owner - 1) at \(pixel) is outside \(box).")
                return
            }
        }
        #expect(inked.allSatisfy { $0 > 0 }, "\(what): \(inked)")
    }

    /// Nothing is left of the box that could be cut away.
    @Test func boxesAreTight() {
        // Digits that do not overlap, so that each pixel tells whose ink it is.
        let generator = DrawnScenes.generator([.comb: 1, .grid: 1, .plainDigit: 1])
        for scene in generator.scenes(0..<60, threads: 2) {
            for (number, digit) in scene.digits.enumerated() where isAlone(number, in: scene) {
                let (rows, columns) = (digit.box.rows, digit.box.columns)
                func isOwn(_ row: Int, _ column: Int) -> Bool {
                    Int(scene.owners[row * scene.image.width + column]) == number + 1
                }
                #expect(
                    columns.contains { isOwn(rows.first!, $0) } && columns.contains { isOwn(rows.last!, $0) })
                #expect(
                    rows.contains { isOwn($0, columns.first!) } && rows.contains { isOwn($0, columns.last!) })
            }
        }
    }

    private func isAlone(_ number: Int, in scene: Scene) -> Bool {
        let box = scene.digits[number].box
        return scene.digits.enumerated().allSatisfy { other, digit in
            other == number || !(digit.box.columns.overlaps(box.columns) && digit.box.rows.overlaps(box.rows))
        }
    }

    @Test(arguments: [SceneStyle.amount, .strip, .comb, .stylus, .blackboard, .page, .grid])
    func textsAreInTheOrderOfTheBoxes(style: SceneStyle) {
        let generator = DrawnScenes.generator(.only(style))
        for scene in generator.scenes(0..<DrawnScenes.count(style, of: 200), threads: 2) {
            for line in scene.lines {
                #expect(line.text == line.digits.map { "\($0.value)" }.joined())
                let middles = line.digits.map { 2 * $0.box.left + $0.box.width }
                #expect(middles == middles.sorted(), "\(style): \(line.text) at \(middles)")
            }
            if style != .page, style != .grid { #expect(scene.lines.count <= 1) }
        }
    }

    @Test func linesOfATableAreBelowEachOther() {
        let generator = DrawnScenes.generator(.only(.grid))
        for scene in generator.scenes(0..<40, threads: 2) {
            let middles = scene.lines.map { line in
                line.digits.reduce(0) { $0 + 2 * $1.box.top + $1.box.height } / line.digits.count
            }
            #expect(middles == middles.sorted())
        }
    }

    /// Where the mask says that there is ink, the picture is darker than paper, or brighter on dark ground.
    @Test(arguments: SceneStyle.allCases)
    func inkOfTheMaskIsSeen(style: SceneStyle) {
        let generator = DrawnScenes.generator(.only(style))
        let scenes = generator.scenes(0..<DrawnScenes.count(style, of: 100), threads: 2)
        var seen = 0
        for scene in scenes {
            let grey = scene.image.grey.pixels
            var (ink, paper) = ([Int](), [Int]())
            for digit in scene.digits.prefix(1) {
                for row in digit.box.rows {
                    for column in digit.box.columns {
                        let pixel = row * scene.image.width + column
                        if scene.mask.pixels[pixel] > 200 { ink.append(Int(grey[pixel])) }
                        if scene.mask.pixels[pixel] == 0 { paper.append(Int(grey[pixel])) }
                    }
                }
            }
            guard !ink.isEmpty, !paper.isEmpty else {
                seen += 1
                continue
            }
            let difference = ink.reduce(0, +) / ink.count - paper.reduce(0, +) / paper.count
            if abs(difference) >= 8 { seen += 1 }
        }
        #expect(seen * 100 >= scenes.count * 93, "The ink is seen in \(seen) of \(scenes.count) scenes.")
    }
}
