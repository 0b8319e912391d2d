import DigitRecognition
import Foundation

/// A valid request whose right answer is known to the bit.
struct Probe: Sendable {
    private let request: [UInt8]
    private let expected: [Float]

    init(digit: Image) throws {
        request = HTTPRequest(post: ValidRequests.inference, ValidRequests.inference([digit])).bytes()
        expected = try Predictor(PretrainedModel.tiny.model()).predict([digit]).flatMap(\.probabilities)
    }

    private struct Answer: Decodable {
        struct Output: Decodable {
            let data: [Double]
        }

        let outputs: [Output]
    }

    /// What is wrong with how a server answers it; nil where nothing is.
    func fault(of client: HTTPClient) -> HTTPFault? {
        do throws(HTTPFault) {
            let answer = try client.answer(to: request)
            guard
                let data = (try? JSONDecoder().decode(Answer.self, from: Data(answer.body)))?.outputs.first?
                    .data,
                data.map({ Float($0) }) == expected
            else {
                return HTTPFault(
                    .result, "A valid request has a wrong result: \(HTTPAnswer.quoted(answer.body))")
            }
            return nil
        } catch {
            return error
        }
    }
}
