import SyntheticDigits
import Testing

@Suite struct DigitGeneratorTests {
    private let generator = DigitGenerator(seed: 20_240_229)

    // MARK: Reproducible

    @Test(arguments: [2, 3, 8])
    func theBytesAreTheSameForAnyNumberOfThreads(threads: Int) {
        let one = generator.digits(count: 1000, threads: 1)
        let several = generator.digits(count: 1000, threads: threads)
        #expect(one.pixels == several.pixels)
        #expect(one.labels == several.labels)
    }

    @Test func anImageDoesNotDependOnHowManyAreDrawn() {
        let many = generator.digits(count: 200, threads: 2)
        for count in [0, 1, 63, 64, 65, 129] {
            let few = generator.digits(count: count, threads: 2)
            #expect(few.labels == Array(many.labels.prefix(count)))
            #expect(few.pixels == Array(many.pixels.prefix(count * 784)))
        }
    }

    @Test func seedsAndStreamsDrawDifferentImages() {
        let first = Set(images(generator, 500))
        #expect(first.count == 500, "No picture comes twice.")
        #expect(first.isDisjoint(with: images(DigitGenerator(seed: 20_240_230), 500)))
        #expect(first.isDisjoint(with: images(DigitGenerator(seed: generator.seed, stream: 1), 500)))
    }

    // MARK: What is drawn

    @Test func everyDigitAndEveryFormIsDrawn() {
        var counts = [[String: Int]](repeating: [:], count: DigitGenerator.classCount)
        let count = 20_000
        for index in 0..<count {
            let (digit, form) = generator.choice(index)
            counts[digit][form.name, default: 0] += 1
        }
        for (digit, forms) in PenForm.digits.enumerated() {
            #expect(forms.count > 1 && Set(forms.map(\.name)).count == forms.count)
            let ofDigit = counts[digit].values.reduce(0, +)
            // 2000 ± 42 by chance; five deviations.
            #expect(abs(ofDigit - count / 10) < 212, "\(digit) is drawn \(ofDigit) times.")
            for form in forms {
                #expect(counts[digit][form.name, default: 0] > 0, "No \(digit) is \(form.name).")
            }
        }
    }

    @Test func labelsAreTheDigitsThatWereChosen() {
        let labels = generator.digits(count: 300, threads: 2).labels
        #expect(labels.map { Int($0) } == (0..<300).map { generator.choice($0).digit })
    }

    /// The picture nearest to the mean picture of a class is nearly always one of that class: digits, not blots.
    @Test func imagesOfADigitResembleEachOther() {
        let examples = generator.digits(count: 5000, threads: 2)
        var means = [[Double]](repeating: [Double](repeating: 0, count: 784), count: 10)
        for (index, label) in examples.labels.enumerated() {
            for pixel in 0..<784 {
                means[Int(label)][pixel] += Double(examples.pixels[index * 784 + pixel]) / 500
            }
        }
        let others = DigitGenerator(seed: 7).digits(count: 1000, threads: 2)
        let right = others.labels.indices.count { index in
            let distances = means.map { mean in
                (0..<784).reduce(0) { sum, pixel in
                    let difference = Double(others.pixels[index * 784 + pixel]) - mean[pixel]
                    return sum + difference * difference
                }
            }
            return distances.firstIndex(of: distances.min()!) == Int(others.labels[index])
        }
        // Chance is 100. The same rule reads 82 % of MNIST.
        #expect(right > 650, "\(right) of 1000")
    }

    private func images(_ generator: DigitGenerator, _ count: Int) -> [[UInt8]] {
        let pixels = generator.digits(count: count, threads: 2).pixels
        return (0..<count).map { Array(pixels[$0 * 784..<($0 + 1) * 784]) }
    }
}
