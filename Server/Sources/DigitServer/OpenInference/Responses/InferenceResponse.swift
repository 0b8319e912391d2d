import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// What a model made of a request's images, as the Open Inference Protocol (version 2) has it.
struct InferenceResponse {
    /// What the one output of every model is called: the probability of each class, `[N, classes]`.
    static let outputName = "probabilities"

    let model: ServedModel
    let request: InferenceRequest
    /// Images.
    let count: Int
    /// `[N, classes]`.
    let probabilities: [Float]
}

extension InferenceResponse {
    /// Checks what is asked for, before anything is computed.
    /// - Throws: `ServiceError`, bad request.
    static func check(_ request: InferenceRequest, for model: ServedModel) throws(ServiceError) {
        for output in request.outputs {
            guard output.name == outputName else {
                throw .badRequest(
                    "The output '\(output.name.forMessage)' is asked for, but the model '\(model.name)' has one, '\(outputName)'."
                )
            }
            if let count = output.classCount, count < 0 {
                throw .badRequest(
                    "The parameter classification is \(count); give how many classes are wanted, at least 1.")
            }
        }
        guard request.outputs.count <= 1 else {
            throw .badRequest("The output '\(outputName)' is asked for more than once; ask once.")
        }
    }

    /// The answer: JSON, and behind it the probabilities as bytes if that is asked for.
    var response: Response {
        let output = request.outputs.first ?? InferenceRequest.Output(name: Self.outputName)
        let isBinary = output.isBinary ?? request.hasBinaryOutputs
        // Zero means no classification.
        let classes = output.classCount.flatMap { $0 > 0 ? ranked(min($0, model.classCount)) : nil }
        var bytes = ByteBuffer()
        if isBinary { bytes = classes.map(Self.bytes) ?? Self.bytes(of: probabilities) }

        var writer = JSONWriter(capacity: isBinary ? 256 : 192 + 14 * probabilities.count)
        writer.object { writer in
            writer.member("model_name", model.name)
            writer.member("model_version", String(model.version))
            if let id = request.id { writer.member("id", id) }
            writer.key("outputs")
            writer.array { writer in
                writer.object { writer in
                    writer.member("name", Self.outputName)
                    writer.member("datatype", classes == nil ? "FP32" : "BYTES")
                    let width = classes.map { $0.count / max(count, 1) } ?? model.classCount
                    writer.member("shape", [count, width])
                    if isBinary {
                        writer.key("parameters")
                        writer.object { $0.member("binary_data_size", bytes.readableBytes) }
                    } else if let classes {
                        writer.member("data", classes)
                    } else {
                        writer.key("data")
                        writer.array { writer in for value in probabilities { writer.float(value) } }
                    }
                }
            }
        }
        guard isBinary else { return Response(json: writer.buffer) }
        var body = writer.buffer
        let headerByteCount = body.readableBytes
        body.writeBuffer(&bytes)
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/octet-stream",
                .inferenceHeaderContentLength: String(headerByteCount),
            ], body: ResponseBody(byteBuffer: body))
    }

    /// The most probable classes of each image, each as `probability:number:name`, as Triton's classification extension has it.
    private func ranked(_ wanted: Int) -> [String] {
        (0..<count).flatMap { image in
            let values = probabilities[image * model.classCount..<(image + 1) * model.classCount]
            let order = values.enumerated().sorted { ($1.element, $0.offset) < ($0.element, $1.offset) }
            return order.prefix(wanted).map { "\($0.element):\($0.offset):\(model.classNames[$0.offset])" }
        }
    }

    private static func bytes(of values: [Float]) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: 4 * values.count)
        for value in values { buffer.writeInteger(value.bitPattern, endianness: .little) }
        return buffer
    }

    private static func bytes(of texts: [String]) -> ByteBuffer {
        var buffer = ByteBuffer()
        for text in texts {
            buffer.writeInteger(UInt32(text.utf8.count), endianness: .little)
            buffer.writeString(text)
        }
        return buffer
    }
}

extension HTTPField.Name {
    /// Bytes of the JSON in front of tensors' bytes; of a compressed body, before it was compressed.
    static let inferenceHeaderContentLength = HTTPField.Name("Inference-Header-Content-Length")!
}
