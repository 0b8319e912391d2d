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
        let (isColumnar, input) = try await service.queue.prepare(bytes: body.readableBytes) {
            try self.input(of: body, for: model)
        }
        let probabilities = try await InferenceHandler(service: service).probabilities(
            of: input.contents, by: model, priority: InferenceRequest.defaultPriority, arrival: arrival,
            deadline: arrival + service.settings.times.inference,
            client: client)
        return try await service.queue.process(bytes: 4 * probabilities.count) {
            Response { writer in
                writer.key(isColumnar ? "outputs" : "predictions")
                writer.array { writer in
                    for image in 0..<input.count {
                        let first = image * model.classCount
                        writer.array { writer in
                            for value in probabilities[first..<first + model.classCount] {
                                writer.float(value)
                            }
                        }
                    }
                }
            }
        }
    }

    /// The images of a body, and whether they came in the columnar format.
    private func input(
        of body: ByteBuffer, for model: ServedModel
    ) throws(ServiceError) -> (isColumnar: Bool, ImageInput) {
        let batch = try read(body, for: model)
        guard batch.isThere else {
            throw .badRequest("The request has neither instances nor inputs; give one of them.")
        }
        let count = batch.pixels.count / model.pixelCount
        let input = try ImageInput(
            InferenceRequest(
                inputs: [
                    InferenceRequest.Input(
                        name: ImageInput.name, shape: [count, model.pixelCount], datatype: "FP32",
                        data: .numbers(batch.pixels))
                ]), for: model, limits: service.settings.limits)
        return (batch.isColumnar, input)
    }

    private func read(_ body: ByteBuffer, for model: ServedModel) throws(ServiceError) -> Batch {
        let most = service.settings.limits.imagesOfRequest * model.pixelCount
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
                    try reader.readBatch(into: &batch.pixels, size: model.pixelCount, limit: most)
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
    /// Reads an array of images, or an object that has it as its member `image`.
    /// - Parameters:
    ///   - size: Numbers of an image.
    ///   - limit: Numbers of all.
    fileprivate mutating func readBatch(
        into pixels: inout [Float], size: Int, limit: Int
    ) throws(JSONError) {
        if try nextKind() == .object {
            return try readImageMember { (reader) throws(JSONError) in
                try reader.readBatch(into: &pixels, size: size, limit: limit)
            }
        }
        try readArray { (reader) throws(JSONError) in
            let start = pixels.count
            if try reader.nextKind() == .object {
                try reader.readImageMember { (reader) throws(JSONError) in
                    try reader.readNumbers(into: &pixels, limit: limit)
                }
            } else {
                try reader.readNumbers(into: &pixels, limit: limit)
            }
            guard pixels.count - start == size else {
                throw reader.error("an image has \(pixels.count - start) numbers, not \(size)")
            }
        }
    }

    /// Reads an object that has the member `image` and no other.
    private mutating func readImageMember(
        _ read: (inout JSONReader) throws(JSONError) -> Void
    ) throws(JSONError) {
        var isThere = false
        try readObject { (reader, key) throws(JSONError) in
            guard key == ImageInput.name else {
                throw reader.error(
                    "there is an input \"\(key.forMessage)\", but models have one, \"\(ImageInput.name)\"")
            }
            isThere = true
            try read(&reader)
        }
        guard isThere else { throw error("the input \"\(ImageInput.name)\" is missing") }
    }
}
