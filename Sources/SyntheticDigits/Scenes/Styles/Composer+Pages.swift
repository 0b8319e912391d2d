internal import Compute

// Photographs of whole pages.
extension Composer {
    /// A page with several numbers below each other, or strewn about.
    mutating func page() -> Composition {
        let smallest = max(heights.lowerBound, 14)
        let height = random.nextProportional(smallest...max(smallest, min(heights.upperBound, 60)))
        let hand = hand()
        let lineHeight = height * random.next(1.5...2.8)
        let columns = random.nextChance(0.2) ? 2 : 1
        let rows = 1 + random.nextIndex(columns == 1 ? 8 : 5)
        let isNumbered = random.nextChance(0.12)
        var writing: [Item] = []
        var columnStart: Float = 0
        for column in 0..<columns {
            var columnEnd = columnStart
            for row in 0..<rows {
                var items = write(pageNumeral(), hand, height: height, line: column * rows + row)
                let start = columnStart + height * random.next(0...0.8)
                for index in items.indices {
                    items[index].map.offset += SIMD2(start, Float(row) * lineHeight)
                }
                if isNumbered {
                    // A letter in front, as in lists.
                    let letter = hand.sign(
                        PenForm.letters[random.nextIndex(PenForm.letters.count)], random: &random)
                    let place = SIMD2(columnStart - 1.3 * height, Float(row) * lineHeight)
                    writing.append(
                        Item(letter, at: AffineMap(scale: 0.8 * height, offset: place), ink: hand.ink))
                }
                let area = bounds(of: items)
                columnEnd = max(columnEnd, area.high.x)
                if random.nextChance(0.06) { items.append(underline(area, hand, height: height)) }
                if random.nextChance(0.02) { items.append(ring(around: area, hand, height: height)) }
                writing += items
            }
            columnStart = columnEnd + height * random.next(2.2...4)
        }
        var composition = Composition(
            paper: .any(random: &random), writing: writing, content: bounds(of: writing))
        composition.margins.low = height * pair(0.4...3)
        composition.margins.high = height * pair(0.4...3)
        let seen = composition.content.enlarged(by: 5 * height)
        switch random.nextIndex(3) {
        case 0: break
        case 1:
            let furniture = Furniture(ink: ruleInk(), halfWidth: max(height * random.next(0.01...0.03), 0.35))
            composition.print = [
                furniture.rules(in: seen, every: lineHeight, from: height * random.next(0.02...0.2))
            ]
        default:
            let furniture = Furniture(
                ink: ruleInk(), halfWidth: max(height * random.next(0.008...0.025), 0.3))
            composition.print = furniture.squares(
                in: seen, every: height * random.next(0.6...1.3), from: .zero)
        }
        if random.nextChance(0.12) { composition.print += showThrough(seen, lineHeight: lineHeight) }
        composition.distortion = View.Distortion(
            turn: random.nextChance(0.08) ? 0.1 : 0.03, tilt: 0.1, bend: random.next(0...0.012), shear: 0.04)
        take(&composition, height: height, scanned: 0.25)
        addTable(to: &composition, height: height)
        return composition
    }

    /// A few digits, often as many in each line.
    private mutating func pageNumeral() -> Numeral {
        random.nextChance(0.15)
            ? Numeral(amountOf: digitCount(), random: &random)
            : Numeral(digits: digitCount(), random: &random)
    }

    /// Lets the paper end inside the picture, outside the content.
    private mutating func addTable(to composition: inout Composition, height: Float) {
        guard random.nextChance(0.35) else { return }
        let margin = composition.margins
        let size = composition.content.size + margin.low + margin.high
        let table = SIMD3(random.next(0.05...0.6), random.next(0.05...0.5), random.next(0.05...0.45))
        let isLeft = random.nextChance(0.5)
        // So near the picture's edge that it stays clear of the writing, though that is turned a little.
        let inside = 0.35 * (isLeft ? margin.low.x : margin.high.x)
        let normal = Handwriting.rotation(halfTangent: 0.004 * random.nextNearlyNormal())
        composition.paper.edges = [
            Paper.Edge(
                normal: isLeft ? -normal : normal, distance: isLeft ? -inside : size.x - inside, table: table,
                shadow: random.next(0...0.8))
        ]
    }

    /// A sudoku or another table with digits in its cells, photographed. Each row is a line.
    mutating func grid() -> Composition {
        let isSudoku = random.nextChance(0.7)
        let (rows, columns) = isSudoku ? (9, 9) : (2 + random.nextIndex(6), 2 + random.nextIndex(7))
        let side = random.nextProportional(24...70)
        let height = side * random.next(0.5...0.75)
        let printed = Hand(printedWith: .print(random: &random), random: &random)
        let hand = Hand(digits: digits, ink: .pen(random: &random), pens: 0.05...0.13, random: &random)
        let (printedShare, writtenShare) = (random.next(0.1...0.45), random.next(0.1...0.55))
        var writing: [Item] = []
        for row in 0..<rows {
            for column in 0..<columns {
                let kind = random.nextChoice([
                    printedShare, writtenShare, max(0, 1 - printedShare - writtenShare),
                ])
                guard kind < 2 else { continue }
                let middle = side * SIMD2(Float(column) + 0.5, Float(row) + 0.5)
                let digit = isSudoku ? 1 + random.nextIndex(9) : random.nextIndex(10)
                writing.append(
                    place(
                        digit, kind == 0 ? printed : hand, height: kind == 0 ? 0.9 * height : height,
                        at: middle,
                        care: kind == 0 ? 0.01 : 0.07, line: row))
            }
        }
        let area = Rectangle(low: .zero, high: side * SIMD2(Float(columns), Float(rows)))
        var composition = Composition(paper: newspaper(), writing: writing, content: area)
        let ink = Ink.print(random: &random)
        let thin = Furniture(ink: ink, halfWidth: side * random.next(0.008...0.02))
        let thick = Furniture(ink: ink, halfWidth: side * random.next(0.02...0.05))
        composition.print = thin.squares(in: area, every: side, from: .zero)
        if isSudoku {
            composition.print += thick.squares(in: area, every: 3 * side, from: .zero)
        } else {
            composition.print.append(thick.box(area))
        }
        if random.nextChance(0.4) {
            let size = side * random.next(0.4...1.1)
            composition.print.append(
                printedText(
                    at: SIMD2(0, -side * random.next(0.3...1)), height: size, width: 5 * side, ink: ink))
        }
        if random.nextChance(0.35) {
            composition.print += showThrough(
                area.enlarged(by: side), lineHeight: side * random.next(0.5...1.2))
        }
        composition.margins.low = side * pair(-0.02...1.5)
        composition.margins.high = side * pair(-0.02...1.5)
        composition.distortion = View.Distortion(
            turn: 0.02, tilt: 0.08, bend: random.next(0...0.01), shear: 0.03)
        take(&composition, height: height, scanned: 0.1)
        return composition
    }
}
