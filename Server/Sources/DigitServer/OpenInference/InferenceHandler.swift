import DigitRecognition
import Hummingbird
import HummingbirdCore
import NIOCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Answers requests for inference.
struct InferenceHandler: Sendable {
    let service: DigitService

    /// The answer of a model.
    /// - Parameter client: Who asks, where that is known.
    /// - Throws: `ServiceError`.
    func answer(_ request: Request, model: ServedModel, client: Client?) async throws -> Response {
        let arrival = ContinuousClock.now
        do {
            let (inference, input) = try await input(of: request, for: model)
            let limit = service.settings.times.inference
            let deadline = arrival + min(inference.timeout ?? limit, limit)
            let probabilities = try await probabilities(
                of: input.contents, by: model, priority: inference.priority, arrival: arrival,
                deadline: deadline,
                client: client)
            model.statistics.add(
                images: input.count, time: ContinuousClock.now - arrival,
                at: Int(Date.now.timeIntervalSince1970 * 1000))
            return try await service.queue.process(bytes: 4 * probabilities.count) {
                InferenceResponse(
                    model: model, request: inference, count: input.count, probabilities: probabilities
                ).response
            }
        } catch {
            model.statistics.addFailure()
            throw error
        }
    }

    /// What the body asks for, and the images in it.
    private func input(
        of request: Request, for model: ServedModel
    ) async throws -> (InferenceRequest, ImageInput) {
        let limits = service.settings.limits
        var headerByteCount: Int?
        if let text = request.headers[.inferenceHeaderContentLength] {
            guard let count = Int(text) else {
                throw ServiceError.badRequest(
                    "Inference-Header-Content-Length is '\(text.forMessage)'; give the bytes of the JSON.")
            }
            headerByteCount = count
        }
        let body = try await request.body(upTo: limits.bodyByteCount)
        return try await service.queue.prepare(bytes: body.readableBytes) { [headerByteCount] in
            let inference =
                try headerByteCount == 0
                ? Self.rawInference(body, for: model)
                : InferenceRequestReader(
                    depthLimit: limits.jsonDepth, numberLimit: limits.imagesOfRequest * model.pixelCount,
                    textLimit: limits.queuedPictures
                ).request(body, headerByteCount: headerByteCount)
            try InferenceResponse.check(inference, for: model)
            return (inference, try ImageInput(inference, for: model, limits: limits))
        }
    }

    /// A request without any JSON, as the binary tensor data extension allows it: the body is the input, floats little-endian.
    private static func rawInference(_ body: ByteBuffer, for model: ServedModel) -> InferenceRequest {
        let bytes = body.getBytes(at: body.readerIndex, length: body.readableBytes) ?? []
        var request = InferenceRequest()
        request.inputs = [
            InferenceRequest.Input(
                name: ImageInput.name, shape: [bytes.count / (4 * model.pixelCount), model.pixelCount],
                datatype: "FP32", data: .bytes(bytes[...]))
        ]
        request.hasBinaryOutputs = true
        return request
    }

    /// The probabilities of images, `[N, classes]`.
    func probabilities(
        of contents: ImageInput.Contents, by model: ServedModel, priority: Int,
        arrival: ContinuousClock.Instant,
        deadline: ContinuousClock.Instant, client: Client?
    ) async throws -> [Float] {
        let isAbandoned: @Sendable () -> Bool = { client?.isGone ?? false }
        let images: ImageTensor
        switch contents {
        case .images(let tensor): images = tensor
        case .pictures(let files):
            let limit = service.settings.limits.picturePixels
            images = try await service.pictures.run(deadline: deadline, isAbandoned: isAbandoned) {
                try PictureTensor.images(of: files, for: model, pixelLimit: limit)
            }
        }
        return try await service.queue.probabilities(
            of: images, by: model, priority: priority, arrival: arrival, deadline: deadline,
            isAbandoned: isAbandoned)
    }
}
