import DigitRecognition
import PictureReading
import Testing

/// What a reader of single digits says where its network doubts.
struct DigitDoubtTests {
    private func doubt(_ probabilities: [Float], beside digits: [NumberDecoder.Digit] = []) -> DigitDoubt? {
        DigitDoubt(Prediction(probabilities: probabilities, classNames: (0...9).map(String.init))) { digits }
    }

    @Test func aSureAnswerIsNotDoubted() {
        #expect(doubt([0.001, 0.991] + [Float](repeating: 0.001, count: 8)) == nil)
        #expect(doubt([0, 0.45, 0.3, 0.25, 0, 0, 0, 0, 0, 0]) == nil)
    }

    @Test func whatLiesBetweenTwoDigitsIsUnreadable() {
        var probabilities = [Float](repeating: 0.0425, count: 10)
        (probabilities[9], probabilities[4]) = (0.34, 0.32)
        let refusal = doubt(probabilities)?.refusal
        #expect(refusal?.kind == .unreadable)
        #expect(refusal?.reason == "It lies between 4 and 9; write it more clearly.")
    }

    @Test func whatIsLikeAllDigitsIsNone() {
        let refusal = doubt([Float](repeating: 0.1, count: 10))?.refusal
        #expect(refusal?.kind == .noDigits)
        #expect(
            refusal?.reason == "It looks like no digit; show one digit with some empty ground around it.")
    }

    @Test func severalSureDigitsAreToldSo() {
        let digits = [4, 2].map { value in
            NumberDecoder.Digit(
                value: value, middle: 0, probabilities: (0...10).map { $0 == value ? 0.95 : 0.005 })
        }
        let refusal = doubt([Float](repeating: 0.1, count: 10), beside: digits)?.refusal
        #expect(refusal?.kind == .unreadable && refusal?.reason.contains("perhaps 42") == true)
    }

    /// A digit of a number, 40 rows high unless another height is given.
    private func placed(_ value: Int, left: Double, height: Double = 40, confidence: Float = 0.95)
        -> DigitDoubt.PlacedDigit
    {
        DigitDoubt.PlacedDigit(
            digit: NumberDecoder.Digit(
                value: value, middle: 0,
                probabilities: (0...10).map { $0 == value ? confidence : (1 - confidence) / 10 }),
            area: Area(top: 50 - height, left: left, bottom: 50, right: left + 30))
    }

    @Test func aDigitAmongOthersOfItsHeightIsOneOfSeveral() {
        let area = Area(top: 10, left: 48, bottom: 50, right: 82)
        let seven = placed(7, left: 50)
        #expect(
            DigitDoubt(digitIn: area, among: [placed(2, left: 0), seven, placed(1, left: 100)])
                == .several("271"))
        #expect(DigitDoubt(digitIn: area, among: [seven]) == nil)
        #expect(DigitDoubt(digitIn: area, among: [placed(2, left: 0, confidence: 0.85), seven]) == nil)
        #expect(DigitDoubt(digitIn: area, among: [placed(2, left: 0, height: 20), seven]) == nil)
        // What was read is none of them.
        #expect(DigitDoubt(digitIn: area, among: [placed(2, left: 0), placed(1, left: 100)]) == nil)
    }
}
