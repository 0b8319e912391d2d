internal import Compute

// Pictures of one number.
extension Composer {
    /// The amount field of a cheque.
    mutating func amount() -> Composition {
        let height = digitHeight()
        let hand = hand(pencils: 0.03, pens: 0.035...0.14)
        let numeral = Numeral(amountOf: digitCount(), random: &random)
        var writing = write(numeral, hand, height: height)
        let content = bounds(of: writing)
        var composition = Composition(paper: .any(random: &random), writing: [], content: content)
        composition.margins.low = height * SIMD2(random.next(-0.03...1), random.next(-0.08...0.4))
        composition.margins.high = height * SIMD2(random.next(-0.03...1.4), random.next(-0.08...0.4))
        let seen = content.enlarged(by: 2 * height)
        if random.nextChance(0.65) {
            let size = content.size + 2 * height
            composition.paper.guilloches = (0..<1 + random.nextIndex(2)).map { _ in
                Guilloche(size: size, random: &random)
            }
        }
        let furniture = Furniture(
            ink: ruleInk(opacity: 0.4...1), halfWidth: height * random.next(0.012...0.04))
        if random.nextChance(0.4) {
            let y = height * random.next(0.0...0.3)
            let (start, end) = (SIMD2(seen.low.x, y), SIMD2(seen.high.x, y))
            composition.print.append(
                random.nextChance(0.25)
                    ? furniture.brokenLine(from: start, to: end, dash: height * 0.03, gap: height * 0.08)
                    : furniture.lines([(start, end)]))
        }
        if random.nextChance(0.3) {
            let box = Rectangle(
                low: content.low - height * pair(0.05...0.5), high: content.high + height * pair(0.05...0.5))
            composition.print.append(furniture.box(box))
        }
        if random.nextChance(0.25) {
            let size = height * random.next(0.3...0.7)
            let place = SIMD2(content.low.x - 2.4 * size, random.next(-0.4...0) * height)
            composition.print.append(
                printedText(at: place, height: size, width: 1.4 * size, ink: .print(random: &random)))
        }
        if random.nextChance(0.15) {
            composition.print += showThrough(seen, lineHeight: height * random.next(0.5...1.2))
        }
        if random.nextChance(0.06) { writing.append(underline(content, hand, height: height)) }
        if random.nextChance(0.15) {
            let margins = (composition.margins.low.y, composition.margins.high.y)
            writing += intruders(content, margins: margins, hand, height: height)
        }
        composition.writing = writing
        composition.distortion = View.Distortion(turn: 0.012, tilt: 0.03, shear: 0.03)
        take(&composition, height: height, scanned: 0.7)
        return composition
    }

    /// One number on any paper.
    mutating func strip() -> Composition {
        let height = digitHeight()
        let hand = handOrPrint(0.06)
        var numeral = Numeral(digits: digitCount(), random: &random)
        if random.nextChance(0.12) { numeral = Numeral(amountOf: digitCount(), random: &random) }
        if random.nextChance(0.12) { numeral.addWord(random: &random) }
        var writing = write(numeral, hand, height: height)
        let content = bounds(of: writing)
        if random.nextChance(0.05) { writing = scratchedOut(before: content, hand, height: height) + writing }
        if random.nextChance(0.1) { writing.append(underline(content, hand, height: height)) }
        if random.nextChance(0.03) { writing.append(ring(around: content, hand, height: height)) }
        var composition = Composition(paper: .any(random: &random), writing: [], content: bounds(of: writing))
        composition.margins.low = height * pair(-0.04...0.7)
        composition.margins.high = height * pair(-0.04...0.7)
        if random.nextChance(0.18) {
            let margins = (composition.margins.low.y, composition.margins.high.y)
            writing += intruders(composition.content, margins: margins, hand, height: height)
        }
        composition.writing = writing
        composition.print = stationery(content.enlarged(by: 3 * height), height: height)
        composition.distortion = View.Distortion(
            turn: random.nextChance(0.1) ? 0.1 : 0.025, tilt: 0.1, bend: random.next(0...0.01), shear: 0.05)
        take(&composition, height: height, scanned: 0.4)
        return composition
    }

    /// One number in fields.
    mutating func comb() -> Composition {
        let height = digitHeight()
        let hand = handOrPrint(0.06)
        let count = digitCount()
        let digits = (0..<count).map { _ in random.nextIndex(10) }
        let field = height * SIMD2(random.next(0.8...1.6), random.next(1.15...1.8))
        let fields = count + (random.nextChance(0.3) ? random.nextIndex(4) : 0)
        let first = random.nextIndex(fields - count + 1)
        let box = Rectangle(low: .zero, high: field * SIMD2(Float(fields), 1))
        let care = random.next(0.02...0.12)
        let writing = digits.enumerated().map { index, digit in
            let middle = field * SIMD2(Float(first + index) + 0.5, 0.5)
            return place(digit, hand, height: height, at: middle, care: care)
        }
        var composition = Composition(paper: .any(random: &random), writing: writing, content: box)
        let furniture = Furniture(
            ink: ruleInk(opacity: 0.25...1), halfWidth: height * random.next(0.01...0.05))
        switch random.nextIndex(4) {
        case 0: composition.print = [furniture.box(box, fields: fields)]
        case 1: composition.print = [furniture.box(box, fields: fields, between: random.next(0.15...0.5))]
        case 2:
            // Boxes of their own.
            composition.print = (0..<fields).map { index in
                let low = field * SIMD2(Float(index) + 0.06, 0)
                return furniture.box(Rectangle(low: low, high: low + field * SIMD2(0.88, 1)))
            }
        default:
            // A rule for each digit.
            composition.print = (0..<fields).map { index in
                let start = field * SIMD2(Float(index) + 0.1, 0.96)
                return furniture.lines([(start, start + field * SIMD2(0.8, 0))])
            }
        }
        if random.nextChance(0.3) {
            let size = height * random.next(0.2...0.4)
            let place = SIMD2(0, -size * random.next(0.4...1))
            composition.print.append(
                printedText(at: place, height: size, width: 3 * height, ink: .print(random: &random)))
        }
        composition.margins.low = height * pair(-0.05...0.5)
        composition.margins.high = height * pair(-0.05...0.5)
        composition.distortion = View.Distortion(turn: 0.012, tilt: 0.06, shear: 0.03)
        take(&composition, height: height, scanned: 0.6)
        return composition
    }

    /// A number or a digit on a screen.
    mutating func stylus() -> Composition {
        let height = digitHeight()
        let isDark = random.nextChance(0.25)
        let shades: ClosedRange<Float> = isDark ? 0.8...1 : 0...0.25
        let grey = SIMD3<Float>(repeating: random.next(shades))
        let ink = Ink(
            color: !isDark && random.nextChance(0.3) ? Ink.color(random: &random) : grey, opacity: 1,
            edge: random.next(0.7...1.4), covers: true)
        let hand = Hand(digits: digits, ink: ink, pens: 0.04...0.24, random: &random)
        let count = random.nextChance(0.5) ? 1 : digitCount()
        let writing = write(Numeral(digits: count, random: &random), hand, height: height)
        var composition = Composition(
            paper: .screen(isDark ? random.next(0...0.1) : random.next(0.95...1)), writing: writing,
            content: bounds(of: writing))
        composition.margins.low = height * pair(0.02...0.9)
        composition.margins.high = height * pair(0.02...0.9)
        composition.hasColor = random.nextChance(0.4)
        if random.nextChance(0.3) { composition.camera.quality = Int(random.next(50...95)) }
        if random.nextChance(0.2) { composition.camera.blur = random.next(0.3...0.8) }
        return composition
    }

    /// Chalk on a blackboard.
    mutating func blackboard() -> Composition {
        let height = digitHeight()
        let hand = Hand(digits: digits, ink: .chalk(random: &random), pens: 0.05...0.2, random: &random)
        var numeral = Numeral(digits: digitCount(), random: &random)
        if random.nextChance(0.15) { numeral.addWord(random: &random) }
        var writing = write(numeral, hand, height: height)
        let content = bounds(of: writing)
        if random.nextChance(0.15) { writing.append(underline(content, hand, height: height)) }
        var composition = Composition(
            paper: .dark(random: &random), writing: writing, content: bounds(of: writing))
        composition.margins.low = height * pair(0...0.8)
        composition.margins.high = height * pair(0...0.8)
        composition.distortion = View.Distortion(turn: 0.03, tilt: 0.15, shear: 0.05)
        take(&composition, height: height, scanned: 0)
        return composition
    }
}
