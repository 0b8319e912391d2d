internal import Compute

// Pictures of one digit.
extension Composer {
    /// One digit on plain, ruled or squared paper.
    mutating func plainDigit() -> Composition {
        let height = digitHeight()
        let hand = handOrPrint(0.1)
        let item = place(random.nextIndex(10), hand, height: height, at: .zero, care: 0)
        // A square or nearly so, in which the digit is not quite in the middle.
        let side = item.bounds.size.max() * random.next(1.05...2.6)
        let room = max(side - item.bounds.size.max(), 0) / 2
        let middle = item.bounds.center + room * pair(-0.8...0.8)
        let half = side / 2 * SIMD2(random.next(0.85...1.15), 1)
        var composition = Composition(
            paper: .any(random: &random), writing: [item],
            content: Rectangle(low: middle - half, high: middle + half))
        composition.print = stationery(composition.content.enlarged(by: height), height: height)
        composition.distortion = View.Distortion(
            turn: 0.05, tilt: 0.12, bend: random.next(0...0.01), shear: 0.06)
        take(&composition, height: height, scanned: 0.35)
        return composition
    }

    /// One digit in a printed box.
    mutating func boxedDigit() -> Composition {
        let height = digitHeight()
        let hand = handOrPrint(0.1)
        let item = place(random.nextIndex(10), hand, height: height, at: .zero, care: random.next(0...0.12))
        let box = Rectangle(low: -height * pair(0.55...1), high: height * pair(0.55...1))
        var composition = Composition(paper: .any(random: &random), writing: [item], content: box)
        let furniture = Furniture(
            ink: ruleInk(opacity: 0.3...1), halfWidth: height * random.next(0.01...0.06))
        composition.print = [furniture.box(box)]
        // The box may be seen whole, in part, or be cut off.
        composition.margins.low = height * pair(-0.12...0.3)
        composition.margins.high = height * pair(-0.12...0.3)
        composition.distortion = View.Distortion(turn: 0.03, tilt: 0.1, shear: 0.04)
        take(&composition, height: height, scanned: 0.45)
        return composition
    }

    /// One digit in the cell of an exam sheet: faint, of any size, anywhere in the cell, some with a full stop behind.
    mutating func examCell() -> Composition {
        let side = random.nextChance(0.5) ? 28 : random.nextProportional(28...100)
        let height = side * random.next(0.32...1)
        var hand = hand(pencils: 0.65, pens: 0.035...0.09)
        if random.nextChance(0.5) { hand = hand.faint(by: random.next(0.6...1)) }
        let room = max(side - height, 0) / 2
        let middle = room * pair(-0.75...0.75)
        let digit = place(random.nextIndex(10), hand, height: height, at: middle, care: 0)
        var writing = [digit]
        if random.nextChance(0.15) {
            var stop = Item(
                hand.sign(Mark.fullStop.form, random: &random), at: AffineMap(scale: height), ink: hand.ink)
            let place = SIMD2(digit.bounds.high.x + height * random.next(0.1...0.4), digit.bounds.high.y)
            stop.map.offset = place - stop.bounds.center
            writing.append(stop)
        }
        let cell = Rectangle(low: SIMD2(repeating: -side / 2), high: SIMD2(repeating: side / 2))
        var paper = Paper.screen(random.next(0.95...1))
        paper.coarseGrain = random.next(0...0.01)
        var composition = Composition(paper: paper, writing: writing, content: cell)
        if random.nextChance(0.25) {
            // What is left of the cell's lines.
            let furniture = Furniture(
                ink: ruleInk(opacity: 0.1...0.8), halfWidth: side * random.next(0.006...0.02))
            let frame = Rectangle(
                low: cell.low + side * pair(-0.06...0.04), high: cell.high + side * pair(-0.04...0.06))
            composition.print = [furniture.box(frame)]
        }
        composition.camera = Camera(
            blur: random.next(0.25...0.35 + 0.004 * side), noise: random.next(0...0.006),
            contrast: random.next(0.85...1.1), pivot: 1)
        if random.nextChance(0.4) { composition.camera.quality = Int(random.next(60...95)) }
        composition.keepLegible()
        return composition
    }

    /// One digit in a cell of a sudoku.
    mutating func sudokuCell() -> Composition {
        let side = random.nextProportional(30...110)
        let ink = Ink.pen(random: &random)
        let hand =
            random.nextChance(0.3)
            ? Hand(printedWith: .print(random: &random), random: &random)
            : Hand(digits: digits, ink: ink, pens: 0.06...0.15, random: &random)
        let height = side * random.next(0.42...0.85)
        let item = place(
            1 + random.nextIndex(9), hand, height: height, at: .zero, care: random.next(0.02...0.1))
        let cell = Rectangle(low: SIMD2(repeating: -side / 2), high: SIMD2(repeating: side / 2))
        var composition = Composition(paper: newspaper(), writing: [item], content: cell)
        composition.print = cellLines(cell)
        if random.nextChance(0.3) {
            composition.print += showThrough(
                cell.enlarged(by: side / 2), lineHeight: side * random.next(0.3...0.8))
        }
        composition.margins.low = side * pair(-0.08...0.1)
        composition.margins.high = side * pair(-0.08...0.1)
        composition.distortion = View.Distortion(
            turn: 0.015, tilt: 0.05, bend: random.next(0...0.008), shear: 0.03)
        take(&composition, height: height, scanned: 0.1)
        return composition
    }

    /// The grey, uneven paper of newspapers.
    mutating func newspaper() -> Paper {
        let grey = random.next(0.72...0.95)
        return Paper(
            color: SIMD3(grey, grey * random.next(0.97...1), grey * random.next(0.88...0.98)),
            fineGrain: random.next(0...0.03), coarseGrain: random.next(0.005...0.03),
            clouds: random.next(0...0.03))
    }

    /// The lines around a cell, each thin or thick.
    private mutating func cellLines(_ cell: Rectangle) -> [Item] {
        let ink = Ink.print(random: &random)
        let (low, high) = (cell.low, cell.high)
        let size = cell.size.x
        let ends = [
            (SIMD2(low.x - size, low.y), SIMD2(high.x + size, low.y)),
            (SIMD2(low.x - size, high.y), SIMD2(high.x + size, high.y)),
            (SIMD2(low.x, low.y - size), SIMD2(low.x, high.y + size)),
            (SIMD2(high.x, low.y - size), SIMD2(high.x, high.y + size)),
        ]
        let thin = size * random.next(0.008...0.02)
        return ends.map { line in
            let halfWidth = random.nextChance(0.35) ? thin * random.next(1.5...3) : thin
            return Furniture(ink: ink, halfWidth: halfWidth).lines([line])
        }
    }
}

extension Hand {
    /// The same hand with paler ink.
    fileprivate func faint(by share: Float) -> Hand {
        var hand = self
        hand.ink.opacity *= share
        return hand
    }
}
