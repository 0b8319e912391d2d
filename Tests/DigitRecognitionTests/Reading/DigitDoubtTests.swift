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
        var probabilities = [Float](repeating: 0.0375, count: 10)
        (probabilities[9], probabilities[4]) = (0.38, 0.32)
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
}
