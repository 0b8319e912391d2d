import Hummingbird
import HummingbirdCore
import NIOCore

/// Answers `:predict`: numbers 0 for background to 255 for full ink in, probabilities out.
///
/// In the row format, `{"instances":[…]}`, each instance is an image, as nested arrays or flat, or an object with the member `image`; the
/// answer is `{"predictions":[[…],…]}`. In the columnar one, `{"inputs":…}` is the batch, or an object with the member `image`; the answer
/// is `{"outputs":[[…],…]}`.
struct PredictHandler: Sendable {
    let service: DigitService

    private struct Batch {
        var pixels: [Float] = []
        var isColumnar = false
        var isThere = false
    }

    /// The answer of a model.
    /// - Throws: `ServiceError`.
    func answer(_ request: Request, model: ServedModel, client: Client?) async throws -> Response {
        let arrival = ContinuousClock.now
        let body = try await request.body(upTo: service.settings.limits.bodyByteCount)
        let batch = try read(body)
        let key = batch.isColumnar ? "inputs" : "instances"
        guard batch.isThere else {
            throw ServiceError.badRequest("The request has neither instances nor inputs; give one of them.")
        }
        let (count, rest) = batch.pixels.count.quotientAndRemainder(dividingBy: model.pixelCount)
        guard rest == 0 else {
            throw ServiceError.badRequest(
                "\(key) has \(batch.pixels.count) numbers, which are no whole number of images of \(model.pixelCount)."
            )
        }
        let input = try ImageInput(
            InferenceRequest(
                inputs: [
                    InferenceRequest.Input(
                        name: ImageInput.name, shape: [count, model.pixelCount], datatype: "FP32",
                        data: .numbers(batch.pixels))
                ]), for: model, limits: service.settings.limits)
        let probabilities = try await InferenceHandler(service: service).probabilities(
            of: input.contents, by: model, arrival: arrival,
            deadline: arrival + service.settings.times.inference,
            client: client)
        return Response { writer in
            writer.key(batch.isColumnar ? "outputs" : "predictions")
            writer.array { writer in
                for image in 0..<count {
                    writer.array { writer in
                        for value in probabilities[image * model.classCount..<(image + 1) * model.classCount]
                        {
                            writer.float(value)
                        }
                    }
                }
            }
        }
    }

    private func read(_ body: ByteBuffer) throws(ServiceError) -> Batch {
        do {
            return try body.withUnsafeReadableBytes { bytes in
                var reader = JSONReader(
                    bytes.bindMemory(to: UInt8.self), depthLimit: service.settings.limits.jsonDepth)
                var batch = Batch()
                try reader.readObject { (reader, key) throws(JSONError) in
                    guard key == "instances" || key == "inputs" else { return try reader.skipValue() }
                    guard !batch.isThere else {
                        throw reader.error("instances and inputs exclude each other")
                    }
                    batch.isThere = true
                    batch.isColumnar = key == "inputs"
                    try reader.readImages(into: &batch.pixels)
                }
                try reader.finish()
                return batch
            }
        } catch let error as JSONError {
            throw .badRequest("\(error)")
        } catch {
            throw .badRequest("The request cannot be read. Send one of TensorFlow Serving's REST interface.")
        }
    }
}

extension JSONReader {
    /// Reads numbers in arrays, or in the member `image` of objects in them.
    fileprivate mutating func readImages(into pixels: inout [Float]) throws(JSONError) {
        switch try nextKind() {
        case .number: pixels.append(Float(try readNumber()))
        case .array: try readArray { (reader) throws(JSONError) in try reader.readImages(into: &pixels) }
        case .object:
            try readObject { (reader, key) throws(JSONError) in
                if key == ImageInput.name {
                    try reader.readImages(into: &pixels)
                } else {
                    try reader.skipValue()
                }
            }
        case .string, .boolean, .null: throw error("numbers are expected")
        }
    }
}
