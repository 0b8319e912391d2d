internal import Compute

/// Draws digits as people write them by hand, in the format of MNIST, from nothing but a seed.
///
/// ```swift
/// let digits = DigitGenerator(seed: 1).digits(count: 1000, threads: 2)
/// print(digits.labels.count, digits.pixels.count)  // 1000 784000
/// ```
///
/// Image `i` of a seed and a stream has the same bytes whatever the number of threads, the number of images and the
/// machine.
package struct DigitGenerator: Sendable, Hashable {
    /// Rows and columns of an image.
    package static let side = InkImage.side
    /// The digits that are drawn, 0 to 9.
    package static let classCount = PenForm.digits.count

    /// What all random choices follow from.
    package let seed: UInt64
    /// Tells sequences of one seed apart, as those for training and for testing.
    package let stream: Int

    /// A sequence of digits.
    package init(seed: UInt64, stream: Int = 0) {
        self.seed = seed
        self.stream = stream
    }

    /// Draws the images `0..<count`, on several threads.
    /// - Returns: Their bytes, `[count, side, side]`, 0 for paper and up to 255 for ink, and the digit of each.
    /// - Precondition: `count` is at least 0, `threads` above 0.
    package func digits(count: Int, threads: Int) -> (pixels: [UInt8], labels: [UInt8]) {
        precondition(count >= 0, "The number of digits is at least 0, not \(count).")
        let size = Self.side * Self.side
        let pool = WorkerPool(threads: threads)
        var labels = [UInt8](repeating: 0, count: count)
        let pixels = [UInt8](unsafeUninitializedCapacity: count * size) { pixels, written in
            labels.withUnsafeMutableBufferPointer { labels in
                // Sendable: each piece writes its own pictures and labels, and both live until the run ends.
                nonisolated(unsafe) let (pixels, labels) = (pixels, labels)
                pool.run(pieces: (count + Self.piece - 1) / Self.piece) { piece, _ in
                    for index in piece * Self.piece..<min(count, (piece + 1) * Self.piece) {
                        let image = UnsafeMutableBufferPointer(
                            rebasing: pixels[index * size..<(index + 1) * size])
                        labels[index] = UInt8(draw(index, to: image).digit)
                    }
                }
            }
            written = count * size
        }
        return (pixels, labels)
    }

    /// Images that a thread draws at a time.
    private static let piece = 64

    /// The digit and the form in which image `index` shows it.
    package func choice(_ index: Int) -> (digit: Int, form: PenForm) {
        var random = random(index)
        return Self.choice(&random)
    }

    private func random(_ index: Int) -> CounterBasedRandom {
        CounterBasedRandom(seed: seed, purpose: .synthesis, stream, index)
    }

    private static func choice(_ random: inout CounterBasedRandom) -> (digit: Int, form: PenForm) {
        let digit = random.nextIndex(classCount)
        let forms = PenForm.digits[digit]
        return (digit, forms[random.nextChoice(forms.map(\.share))])
    }

    /// Draws one image into `side * side` bytes.
    private func draw(
        _ index: Int, to pixels: UnsafeMutableBufferPointer<UInt8>
    ) -> (digit: Int, form: PenForm) {
        var random = random(index)
        let choice = Self.choice(&random)
        let hand = Handwriting(random: &random)
        let image = InkImage(hand.write(choice.form, random: &random), random: &random)
        image.write(to: pixels, random: &random)
        return choice
    }
}
