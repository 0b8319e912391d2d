import DigitRecognition

/// A picture of any size and contents, mixed and distorted.
struct RandomPicture {
    let image: Image
    /// What it shows, in words.
    let description: String

    init(digits: [Image], random: inout CounterBasedRandom) {
        let (height, width) = Self.size(&random)
        func chance(_ times: Int) -> Bool { Int.random(in: 0..<times, using: &random) == 0 }
        // Every other one has digits, or where there is no room for any, as much as can be.
        let usual: [Pattern] = min(height, width) > 10 ? [.digits, .page] : [.noise, .stripes, .checks]
        func pattern() -> Pattern { (chance(2) ? usual : Pattern.allCases).randomElement(using: &random)! }
        let first = pattern()
        var words = ["\(height)×\(width)", first.rawValue]
        var sketch = first.sketch(height: height, width: width, digits: digits, random: &random)
        if chance(3) {
            let second = pattern()
            let other = second.sketch(height: height, width: width, digits: digits, random: &random)
            let mixture = Mixture.allCases.randomElement(using: &random)!
            sketch.join(other, mixture.join)
            words.append("\(mixture) \(second.rawValue)")
        }
        if chance(4) {
            let strength = Int.random(in: 1...128, using: &random)
            sketch.change {
                let value = Int($0) + Int(random.next32() % UInt32(2 * strength + 1)) - strength
                return UInt8(min(255, max(0, value)))
            }
            words.append("noise of \(strength)")
        }
        if chance(6) {
            let (low, share) = (
                Int.random(in: 0...255, using: &random), Int.random(in: 0...255, using: &random)
            )
            sketch.change { UInt8(min(255, low + Int($0) * share / 255)) }
            words.append("from \(low), \(share) high")
        }
        if chance(2) {
            sketch.change { 255 - $0 }
            words.append("inverted")
        }
        let channels = chance(2) ? 1 : [2, 3, 3, 3, 4].randomElement(using: &random)!
        words.append("\(channels) channels")
        image = Self.image(sketch, channels: channels, random: &random)
        description = words.joined(separator: ", ")
    }

    private enum Mixture: CaseIterable {
        case darker, lighter, mean, wrapped

        func join(_ one: UInt8, _ other: UInt8) -> UInt8 {
            switch self {
            case .darker: min(one, other)
            case .lighter: max(one, other)
            case .mean: UInt8((Int(one) + Int(other)) / 2)
            case .wrapped: one &+ other
            }
        }
    }

    /// Most are small, so that there is time for many.
    private static func size(_ random: inout CounterBasedRandom) -> (height: Int, width: Int) {
        func number(_ range: ClosedRange<Int>) -> Int { Int.logarithmic(in: range, using: &random) }
        switch Int.random(in: 0..<60, using: &random) {
        case 0: return (0, number(1...10))
        case 1: return (number(1...10), 0)
        case 2...4: return (number(1...4), number(100...100_000))
        case 5...7: return (number(100...100_000), number(1...4))
        case 8...11: return (number(1...10), number(1...10))
        case 12...14: return (number(10...100), number(100...20_000))
        case 15...17: return (number(100...20_000), number(10...100))
        case 18: return (number(400...3000), number(400...3000))
        default: return (number(9...400), number(9...400))
        }
    }

    /// Each channel has its own share of the sketch.
    private static func image(
        _ sketch: Sketch, channels: Int, random: inout CounterBasedRandom
    ) -> Image {
        let shares = (0..<channels).map { _ in Int.random(in: 0...512, using: &random) }
        var pixels: [UInt8] = []
        pixels.reserveCapacity(sketch.pixels.count * channels)
        for value in sketch.pixels {
            for share in shares {
                pixels.append(channels == 1 ? value : UInt8(min(255, Int(value) * share / 256)))
            }
        }
        return Image(height: sketch.height, width: sketch.width, channels: channels, pixels: pixels)
    }
}
