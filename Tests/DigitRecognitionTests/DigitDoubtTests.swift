import DigitRecognition
import Foundation
import Testing

/// What a reader of single digits says where its network doubts.
struct DigitDoubtTests {
    /// A thick upright stroke, dark on light.
    private let picture = Image(
        height: 60, width: 60,
        pixels: (0..<3600).map { pixel in
            (15..<45).contains(pixel / 60) && (27..<32).contains(pixel % 60) ? 20 : 240
        })

    /// What is read in the picture by a network that always gives these probabilities.
    private func reading(_ probabilities: [Float]) throws -> Reading {
        let model = try Model(input: [28, 28, 1]) {
            Flatten()
            Dense(10, activation: .softmax)
        }
        model.network.setParameter("dense1.weight", to: [Float](repeating: 0, count: 784 * 10))
        model.network.setParameter("dense1.bias", to: probabilities.map { Float(log(Double($0))) })
        var options = ReadingOptions()
        options.layout = .digit
        return try DigitReader(digits: model, options: options).read(picture)
    }

    @Test func aSureAnswerIsRead() throws {
        let reading = try reading([0.001, 0.991] + [Float](repeating: 0.001, count: 8))
        #expect(reading.text == "1" && reading.refusal == nil)
    }

    @Test func whatLiesBetweenTwoDigitsIsUnreadable() throws {
        var probabilities = [Float](repeating: 0.01, count: 10)
        (probabilities[9], probabilities[4]) = (0.47, 0.45)
        let reading = try reading(probabilities)
        #expect(reading.lines.isEmpty)
        #expect(reading.refusal?.kind == .unreadable)
        #expect(reading.refusal?.reason == "It lies between 4 and 9; write it more clearly.")
    }

    @Test func whatIsLikeAllDigitsIsNone() throws {
        let reading = try reading([Float](repeating: 0.1, count: 10))
        #expect(reading.lines.isEmpty && reading.refusal?.kind == .noDigits)
        #expect(
            reading.refusal?.reason
                == "It looks like no digit; show one digit with some empty ground around it.")
    }
}
