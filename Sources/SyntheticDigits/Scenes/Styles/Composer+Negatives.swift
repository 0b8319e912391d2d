internal import Compute

/// What a picture without any digit shows.
package enum NegativeKind: String, Sendable, CaseIterable {
    /// Nothing but paper.
    case blank
    /// Specks of dirt.
    case specks
    /// Printed patterns, rules, shadows.
    case texture
    /// One letter.
    case letter
    /// Several letters.
    case word
    /// A word or two of any letters, those that look like digits among them.
    case text
    /// A separator, a currency, a dash.
    case mark
    /// A zigzag, a coil, loose strokes.
    case scribble
    /// The right half of one digit and the left half of another.
    case halves
    /// Less than half of a digit.
    case cutDigit
    /// Two digits or three in one, squeezed.
    case merged
}

extension Composer {
    /// A picture of a kind, square and about as large as that of a digit.
    mutating func composition(of kind: NegativeKind) -> Composition {
        let height = digitHeight()
        let half = height * random.next(0.55...0.9)
        let cell = Rectangle(low: SIMD2(repeating: -half), high: SIMD2(repeating: half))
        let isDark = random.nextChance(0.12)
        let hand =
            isDark
            ? Hand(digits: digits, ink: .chalk(random: &random), pens: 0.05...0.2, random: &random) : hand()
        var composition = Composition(
            paper: isDark ? .dark(random: &random) : .any(random: &random), writing: [], content: cell)
        switch kind {
        case .blank: break
        case .specks: composition.paper.specks = 10_000 / (4 * half * half) * random.next(1...8)
        case .texture: addTexture(to: &composition, height: height)
        case .letter:
            let letter = PenForm.letters[random.nextIndex(PenForm.letters.count)]
            composition.writing = centered([Numeral.Part(sign: .letter(letter))], hand, height: height)
        case .word:
            let parts = (0..<2 + random.nextIndex(3)).map { _ in
                Numeral.Part(sign: .letter(PenForm.letters[random.nextIndex(PenForm.letters.count)]))
            }
            composition.writing = centered(parts, hand, height: height * random.next(0.4...0.7))
        case .text:
            composition.writing = centered(text(), hand, height: height)
            composition.content.include(bounds(of: composition.writing))
        case .mark:
            let mark = Mark.unlikeDigits[random.nextIndex(Mark.unlikeDigits.count)]
            composition.writing = centered([Numeral.Part(sign: .mark(mark))], hand, height: height)
        case .scribble: composition.writing = scribbles(cell, hand, height: height)
        case .halves:
            composition.writing = [
                cut(at: .left, of: cell, hand, height: height),
                cut(at: .right, of: cell, hand, height: height),
            ]
        case .cutDigit:
            let edge = Edge.allCases[random.nextIndex(Edge.allCases.count)]
            composition.writing = [cut(at: edge, of: cell, hand, height: height)]
        case .merged:
            let parts = (0..<2 + random.nextIndex(2)).map { _ in
                Numeral.Part(sign: .digit(random.nextIndex(10)))
            }
            composition.writing = centered(parts, hand, height: height * random.next(0.5...0.9))
            // None stands alone: what is too wide is seen from further away.
            composition.content.include(bounds(of: composition.writing))
        }
        for index in composition.writing.indices { composition.writing[index].digit = nil }
        if random.nextChance(0.3) {
            composition.print += stationery(cell.enlarged(by: height), height: height)
        }
        composition.distortion = View.Distortion(turn: 0.04, tilt: 0.1, shear: 0.05)
        take(&composition, height: height, scanned: 0.4)
        return composition
    }

    /// Letters of one or two words: each as likely to look like a digit as not, but some do not.
    private mutating func text() -> [Numeral.Part] {
        let size = random.next(0.5...1)
        return (0..<1 + random.nextIndex(2)).flatMap { index in
            let space = index > 0 ? [Numeral.Part(sign: .space(random.next(0.3...0.8)))] : []
            return space
                + (0..<4 + random.nextIndex(6)).map { place in
                    let letters =
                        place % 2 == 1 || random.nextChance(0.5) ? PenForm.letters : PenForm.digitLikeLetters
                    return Numeral.Part(sign: .letter(letters[random.nextIndex(letters.count)]), size: size)
                }
        }
    }

    /// Signs written beside each other, their middle in the middle.
    private mutating func centered(_ parts: [Numeral.Part], _ hand: Hand, height: Float) -> [Item] {
        let items = write(Numeral(parts), hand, height: height)
        let off =
            bounds(of: items).center + 0.06 * height
            * SIMD2(random.nextNearlyNormal(), random.nextNearlyNormal())
        return items.map { item in
            var item = item
            item.map.offset -= off
            return item
        }
    }

    /// An edge of the picture.
    private enum Edge: CaseIterable {
        case left, right, top, bottom

        /// The digits whose part inside the picture looks like no other digit, if this edge cuts them.
        var digits: [Int] {
            switch self {
            case .left: [0, 2, 3, 5, 6]
            case .right: [0, 2, 3, 4, 5, 6, 8, 9]
            case .top: [0, 2, 3, 5]
            case .bottom: [0, 2, 3, 4, 5]
            }
        }
    }

    /// A digit of which less than half is in the picture.
    private mutating func cut(at edge: Edge, of cell: Rectangle, _ hand: Hand, height: Float) -> Item {
        let digit = edge.digits[random.nextIndex(edge.digits.count)]
        var item = place(digit, hand, height: height, at: cell.center, care: 0.08)
        let bounds = item.bounds
        let inside = random.next(0.15...0.42) * bounds.size
        switch edge {
        case .left: item.map.offset.x += cell.low.x + inside.x - bounds.high.x
        case .right: item.map.offset.x += cell.high.x - inside.x - bounds.low.x
        case .top: item.map.offset.y += cell.low.y + inside.y - bounds.high.y
        case .bottom: item.map.offset.y += cell.high.y - inside.y - bounds.low.y
        }
        return item
    }

    private mutating func scribbles(_ cell: Rectangle, _ hand: Hand, height: Float) -> [Item] {
        if random.nextChance(0.5) {
            let area = Rectangle(low: -height * pair(0.25...0.5), high: height * pair(0.25...0.5))
            return [scribble(over: area, hand, height: height)]
        }
        let lines = (0..<2 + random.nextIndex(3)).map { _ in
            (0..<4 + random.nextIndex(4)).map { _ in 0.8 * cell.high.x * pair(-1...1) }
        }
        return [freehand(lines, hand, height: height, jitter: 0.03)]
    }

    private mutating func addTexture(to composition: inout Composition, height: Float) {
        composition.paper.fineGrain = random.next(0...0.15)
        composition.paper.coarseGrain = random.next(0...0.25)
        composition.paper.clouds = random.next(0...0.3)
        if random.nextChance(0.6) {
            let size = composition.content.size
            composition.paper.guilloches = (0..<1 + random.nextIndex(3)).map { _ in
                Guilloche(size: size, random: &random)
            }
        }
        if random.nextChance(0.4) {
            composition.print = stationery(
                composition.content.enlarged(by: height), height: height * random.next(0.3...1))
        }
    }
}
