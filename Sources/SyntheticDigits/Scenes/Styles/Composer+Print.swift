internal import Compute

// What is printed on the paper.
extension Composer {
    /// The pale ink of rules and boxes.
    mutating func ruleInk(opacity: ClosedRange<Float> = 0.2...0.9) -> Ink {
        let colors: [SIMD3<Float>] = [
            SIMD3(0.45, 0.6, 0.85), SIMD3(0.5, 0.5, 0.5), SIMD3(0.15, 0.15, 0.15), SIMD3(0.9, 0.5, 0.45),
            SIMD3(0.45, 0.7, 0.5),
        ]
        return Ink(
            color: colors[random.nextChoice([4, 3, 3, 1.5, 1])], opacity: random.next(opacity),
            edge: random.next(0.9...1.4))
    }

    /// Rules, squares or nothing, and now and then print of the other side.
    mutating func stationery(_ area: Rectangle, height: Float) -> [Item] {
        let furniture = Furniture(ink: ruleInk(), halfWidth: max(height * random.next(0.008...0.03), 0.3))
        var items: [Item] = []
        switch random.nextChoice([5, 2.5, 2]) {
        case 0: break
        case 1:
            let step = height * random.next(1.2...2.4)
            items = [furniture.rules(in: area, every: step, from: height * random.next(0...0.3))]
        default:
            let step = height * random.next(0.5...1.4)
            items = furniture.squares(in: area, every: step, from: height * pair(0...0.5))
        }
        if random.nextChance(0.08) {
            items += showThrough(area, lineHeight: height * random.next(0.6...1.6))
        }
        return items
    }

    /// Printed letters and digits from a place on, to the right: what else is on the paper. They are no digits of the scene.
    mutating func printedText(
        at place: SIMD2<Float>, height: Float, width: Float, ink: Ink, isMirrored: Bool = false
    ) -> Item {
        let hand = Hand(printedWith: ink, random: &random)
        var strokes: [PenPath] = []
        var x: Float = 0
        while x < width / height {
            let letter = PenForm.letters[random.nextIndex(PenForm.letters.count)]
            for stroke in hand.sign(letter, random: &random).strokes {
                strokes.append(
                    stroke.mapped { PenPath.Point(place: $0.place + SIMD2(x, 0), radius: $0.radius) })
            }
            x += random.nextChance(0.15) ? 1.6 : 0.85
        }
        var map = AffineMap(scale: height, offset: place)
        if isMirrored {
            map.right = -map.right
            map.offset.x += width
        }
        return Item(Glyph(strokes: strokes), at: map, ink: ink)
    }

    /// Print of the other side that shines through.
    mutating func showThrough(_ area: Rectangle, lineHeight: Float) -> [Item] {
        let ink = Ink(
            color: SIMD3(repeating: random.next(0.3...0.6)), opacity: random.next(0.06...0.3),
            edge: random.next(1.5...4))
        let letterHeight = lineHeight * random.next(0.4...0.65)
        let first = area.low.y + lineHeight * random.nextUniform()
        let count = min(Int((area.high.y - first) / lineHeight) + 1, 12)
        return (0..<max(count, 1)).map { line in
            printedText(
                at: SIMD2(area.low.x, first + Float(line) * lineHeight), height: letterHeight,
                width: min(area.size.x, 60 * letterHeight), ink: ink, isMirrored: true)
        }
    }
}
