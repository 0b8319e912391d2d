import Imaging
import PictureReading
import ReaderTraining
import SyntheticDigits
import Testing

/// What a network of single digits is trained on beside its images.
struct PreparedDigitsTests {
    private static let images: (images: ImageCollection, labels: [Int]) = {
        let (pixels, labels) = DigitGenerator(seed: 77).digits(count: 300, threads: 2)
        return (ImageCollection(height: 28, width: 28, bytes: pixels[...]), labels.map { Int($0) })
    }()

    private func prepared(seed: UInt64 = 3) -> PreparedDigits {
        PreparedDigits(images: Self.images.images, labels: Self.images.labels, seed: seed)
    }

    @Test(arguments: [2, 3])
    func bytesAreTheSameForAnyNumberOfThreads(threads: Int) {
        #expect(prepared().digits(10..<26, threads: threads) == prepared().digits(10..<26, threads: 1))
        #expect(prepared().outliers(10..<26, threads: threads) == prepared().outliers(10..<26, threads: 1))
    }

    /// An image does not depend on how many are drawn, but on the seed.
    @Test func imagesGoByTheirNumberAndTheSeed() {
        let (few, many) = (prepared().outliers(0..<20, threads: 1), prepared().outliers(0..<40, threads: 1))
        #expect(Array(many.prefix(few.count)) == few && many.count > few.count)
        #expect(Set(many).isDisjoint(with: prepared(seed: 4).outliers(0..<40, threads: 1)))
        #expect(Set(many).count == many.count, "No outlier comes twice.")
    }

    /// Nearly every number gives an image, and all digits come.
    @Test func digitsAreThoseOfTheScenes() {
        let digits = prepared().digits(0..<100, threads: 2)
        #expect(digits.count > 80)
        #expect(Set(digits.map(\.label)) == Set(0...9))
        #expect(digits.allSatisfy { $0.image.shape == DigitImage.shape })
        #expect(prepared().outliers(0..<60, threads: 2).count > 45)
    }

    /// Labels go with their images: rings labelled 4 and bars labelled 7 come out so, whatever else scenes show.
    @Test func labelledImagesKeepTheirLabel() {
        func image(_ isInk: (_ y: Double, _ x: Double) -> Bool) -> [UInt8] {
            (0..<784).map { isInk(Double($0 / 28) - 13.5, Double($0 % 28) - 13.5) ? 255 : 0 }
        }
        let ring = image { y, x in 5...9 ~= (y * y + x * x).squareRoot() }
        let bar = image { y, x in abs(y) < 10 && abs(x) < 2 }
        let digits = PreparedDigits(
            images: ImageCollection(height: 28, width: 28, bytes: ArraySlice(ring + bar)), labels: [4, 7],
            seed: 1
        ).digits(0..<240, threads: 2)
        // A ring has a hole in its middle, a bar has none.
        func hasHole(_ digit: PreparedDigits.Digit) -> Bool { digit.image[14, 14] < 60 }
        let (fours, sevens) = (digits.filter { $0.label == 4 }, digits.filter { $0.label == 7 })
        #expect(fours.count > 20 && sevens.count > 20)
        // Pens write fours and sevens in scenes, too, of another form.
        #expect(4 * fours.count(where: hasHole) > 3 * fours.count)
        #expect(4 * sevens.count(where: hasHole) < 2 * sevens.count)
    }
}
