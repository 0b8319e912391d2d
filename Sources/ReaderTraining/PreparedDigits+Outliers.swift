import Compute
package import Imaging
import PictureReading
import SyntheticDigits

extension PreparedDigits {
    /// What an outlier is made of.
    private enum OutlierKind: CaseIterable {
        /// A scene without a digit: letters, marks, scribbles, cut digits, textures.
        case scene
        /// Two digits or three beside each other, as one.
        case joined
        /// What stands between the middles of two neighbours.
        case between
        /// A digit upside down that is none.
        case turned
        /// No ink at all, seen as it is.
        case pattern

        var share: Float {
            switch self {
            case .scene: 0.56
            case .joined: 0.14
            case .between: 0.12
            case .turned: 0.08
            case .pattern: 0.1
            }
        }
    }

    /// The outliers of a range of numbers; fewer than there are numbers, because the preparation may find nothing.
    /// - Precondition: `threads` is above 0.
    package func outliers(_ numbers: Range<Int>, threads: Int) -> [Image] {
        WorkerPool(threads: threads).map(numbers) { outlier($0) }.compactMap { $0 }
    }

    /// One outlier; nil where the preparation finds nothing.
    func outlier(_ number: Int) -> Image? {
        var random = CounterBasedRandom(seed: seed, purpose: .outliers, 0, number)
        switch OutlierKind.allCases[random.nextChoice(OutlierKind.allCases.map(\.share))] {
        case .scene: return sceneOutlier(number)
        case .joined:
            let first = ink(&random)
            var all = first.besides(ink(&random), &random)
            if random.nextChance(0.2) { all = all.besides(ink(&random), &random) }
            return all.fitted
        case .between:
            let (left, right) = (ink(&random, but: [1]), ink(&random, but: [1]))
            let all = left.besides(right, &random)
            let start = Int(Float(left.width) * random.next(0.4...0.65))
            let end = all.width - Int(Float(right.width) * random.next(0.4...0.65))
            return all.cropped(to: PixelBox(top: 0, left: start, bottom: all.height, right: end)).fitted
        case .turned:
            let ink = ink(&random, but: [0, 1, 2, 5, 6, 8, 9])
            return Plane(height: ink.height, width: ink.width, values: ink.values.reversed()).fitted
        case .pattern: return Self.pattern(&random)
        }
    }

    private func sceneOutlier(_ number: Int) -> Image? {
        // Of several digits or letters the preparation may take one, which is a digit or looks like one.
        guard ![.merged, .text].contains(scenes.negativeKind(number)),
            let ink = InkFinder().ink(of: scenes.negative(number).image)
        else { return nil }
        return SingleDigit(in: ink)?.image
    }

    /// The ink of a labelled image and nothing around it.
    /// - Parameter others: Digits that it is not.
    private func ink(_ random: inout CounterBasedRandom, but others: Set<Int> = []) -> Plane {
        var index = random.nextIndex(images.count)
        // Of labels that leave no other choice any will do.
        for _ in 0..<100 where others.contains(labels[index]) { index = random.nextIndex(images.count) }
        let image = images[index]
        let plane = Plane(image, channel: 0, height: image.height, width: image.width)
        return plane.cropped(to: DigitImage.bounds(of: plane))
    }

    /// Tones, grain, gradients and stripes.
    private static func pattern(_ random: inout CounterBasedRandom) -> Image {
        let (side, cells) = (DigitImage.side, 1 + random.nextIndex(14))
        var plane = Plane(height: cells, width: random.nextChance(0.3) ? 1 : cells)
        let (low, high) = (random.next(0...1), random.next(0...1))
        let sparseness = random.nextIndex(3)
        for index in plane.values.indices {
            let level = (0...sparseness).map { _ in random.nextUniform() }.min()!
            plane.values[index] = low + (high - low) * level
        }
        var image = plane.resized(toHeight: side, width: side)
        if random.nextChance(0.5) { image = image.transposed }
        let grain = random.nextChance(0.4) ? random.next(0...0.6) : 0
        return image.map { min(1, max(0, $0 + grain * (random.nextUniform() - 0.5))) }.inkImage
    }
}

extension Plane {
    /// The ink of two beside each other, so near that they touch or nearly do, one higher than the other.
    fileprivate func besides(_ other: Plane, _ random: inout CounterBasedRandom) -> Plane {
        let (gap, rise) = (random.nextIndex(6) - 3, random.nextIndex(7) - 3)
        let (top, otherTop) = (max(0, rise), max(0, -rise))
        // What is narrower than the overlap ends where it ends.
        let start = max(0, width + gap)
        let (rows, columns) = (
            max(top + height, otherTop + other.height), max(width, start + other.width)
        )
        func placed(_ ink: Plane, top: Int, left: Int) -> Plane {
            ink.cropped(to: PixelBox(top: -top, left: -left, bottom: rows - top, right: columns - left))
        }
        return placed(self, top: top, left: 0).zip(placed(other, top: otherTop, left: start)) { max($0, $1) }
    }

    /// The ink as the preparation fits it, seen from as near by as there.
    fileprivate var fitted: Image {
        let scale = 3
        return DigitImage.fitted(resized(toHeight: height * scale, width: width * scale))
    }
}
