import NIOCore

/// Reads requests for inference: JSON, and behind it the tensors that are given as bytes.
///
/// Members that are unknown are read over: clients send some that the protocol does not name.
struct InferenceRequestReader {
    /// How many objects and arrays may be inside each other.
    let depthLimit: Int
    /// How many numbers an input may have.
    let numberLimit: Int
    /// How many texts an input may have.
    let textLimit: Int
    /// The most inputs and outputs that are read; no model here has more than one of each.
    private static let mostTensors = 16
    /// The most axes of a tensor.
    fileprivate static let mostAxes = 8

    /// The request of a body.
    /// - Parameter headerByteCount: Bytes of the JSON, where tensors follow it; nil where all is JSON.
    /// - Throws: `ServiceError`, bad request.
    func request(_ body: ByteBuffer, headerByteCount: Int?) throws(ServiceError) -> InferenceRequest {
        let count = headerByteCount ?? body.readableBytes
        guard (0...body.readableBytes).contains(count) else {
            throw .badRequest(
                "Inference-Header-Content-Length is \(count), but the body has \(body.readableBytes) bytes; "
                    + "give the length of the JSON at its begin.")
        }
        var request: InferenceRequest
        do {
            request = try body.withUnsafeReadableBytes { bytes in
                try read(UnsafeBufferPointer(rebasing: bytes.bindMemory(to: UInt8.self)[..<count]))
            }
        } catch let error as JSONError {
            throw .badRequest("\(error)")
        } catch {
            throw .badRequest(
                "The request cannot be read. Send one of the Open Inference Protocol, version 2.")
        }
        try takeBytes(behind: count, of: body, into: &request)
        return request
    }

    private func read(_ json: UnsafeBufferPointer<UInt8>) throws(JSONError) -> InferenceRequest {
        var reader = JSONReader(json, depthLimit: depthLimit)
        var request = InferenceRequest()
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "id": request.id = try reader.readOptionalString()
            case "inputs":
                try reader.readArray { (reader) throws(JSONError) in
                    guard request.inputs.count < Self.mostTensors else {
                        throw reader.error("there are too many inputs")
                    }
                    request.inputs.append(try reader.readInput(for: self))
                }
            case "outputs":
                try reader.readArray { (reader) throws(JSONError) in
                    guard request.outputs.count < Self.mostTensors else {
                        throw reader.error("there are too many outputs")
                    }
                    request.outputs.append(try reader.readOutput())
                }
            case "parameters": try reader.readParameters(of: &request)
            default: try reader.skipValue()
            }
        }
        try reader.finish()
        return request
    }

    /// Gives inputs the bytes behind the JSON, in their order.
    private func takeBytes(
        behind start: Int, of body: ByteBuffer, into request: inout InferenceRequest
    ) throws(ServiceError) {
        var place = start
        for index in request.inputs.indices {
            guard let count = request.inputs[index].binaryByteCount else { continue }
            guard request.inputs[index].data == nil else {
                throw .badRequest(
                    "The input '\(request.inputs[index].name.forMessage)' has data and binary_data_size; give one of them."
                )
            }
            guard count >= 0, count <= body.readableBytes - place,
                let bytes = body.getBytes(at: body.readerIndex + place, length: count)
            else {
                throw .badRequest(
                    "The input '\(request.inputs[index].name.forMessage)' has binary_data_size \(count), but "
                        + "\(body.readableBytes - place) bytes are left of the body.")
            }
            request.inputs[index].data = .bytes(bytes[...])
            place += count
        }
        guard place == body.readableBytes else {
            throw .badRequest(
                "\(body.readableBytes - place) bytes of the body belong to no input; give binary_data_size for each input "
                    + "whose data follow the JSON, and Inference-Header-Content-Length.")
        }
    }
}

extension JSONReader {
    fileprivate mutating func readOptionalString() throws(JSONError) -> String? {
        guard try nextKind() == .null else { return try readString() }
        try readNull()
        return nil
    }

    fileprivate mutating func readInput(
        for limits: InferenceRequestReader
    ) throws(JSONError) -> InferenceRequest.Input {
        var input = InferenceRequest.Input()
        try readObject { (reader, key) throws(JSONError) in
            switch key {
            case "name":
                reader.skipSpace()
                input.name = try reader.readString()
            case "datatype":
                reader.skipSpace()
                input.datatype = try reader.readString()
            case "shape":
                try reader.readArray { (reader) throws(JSONError) in
                    guard input.shape.count < InferenceRequestReader.mostAxes else {
                        throw reader.error("a shape has too many axes")
                    }
                    input.shape.append(try reader.readInteger())
                }
            case "data": input.data = try reader.readData(for: limits)
            case "parameters":
                try reader.readObject { (reader, key) throws(JSONError) in
                    if key == "binary_data_size" {
                        input.binaryByteCount = try reader.readInteger()
                    } else {
                        try reader.skipValue()
                    }
                }
            default: try reader.skipValue()
            }
        }
        return input
    }

    /// Reads texts, or numbers, which may be in arrays inside each other.
    private mutating func readData(for limits: InferenceRequestReader) throws(JSONError) -> TensorData {
        guard try nextElementKind() == .string else {
            // A number has a byte and a comma at least.
            var numbers: [Float] = []
            numbers.reserveCapacity(min((bytes.count - position) / 2, 784))
            try readNumbers(into: &numbers, limit: limits.numberLimit)
            return .numbers(numbers)
        }
        var texts: [String] = []
        try readArray { (reader) throws(JSONError) in
            reader.skipSpace()
            guard texts.count < limits.textLimit else {
                throw reader.error("there are more than \(limits.textLimit) texts")
            }
            texts.append(try reader.readString())
        }
        return .texts(texts)
    }

    /// What the first element of the array is that comes next; nil where there is none. Nothing is read.
    private func nextElementKind() throws(JSONError) -> Kind? {
        var ahead = self
        ahead.skipSpace()
        guard ahead.byte(at: ahead.position) == UInt8(ascii: "[") else {
            throw ahead.error("an array is expected")
        }
        ahead.position += 1
        ahead.skipSpace()
        return ahead.byte(at: ahead.position) == UInt8(ascii: "]") ? nil : try ahead.nextKind()
    }

    fileprivate mutating func readOutput() throws(JSONError) -> InferenceRequest.Output {
        var output = InferenceRequest.Output()
        try readObject { (reader, key) throws(JSONError) in
            switch key {
            case "name":
                reader.skipSpace()
                output.name = try reader.readString()
            case "parameters":
                try reader.readObject { (reader, key) throws(JSONError) in
                    switch key {
                    case "binary_data": output.isBinary = try reader.readBoolean()
                    case "classification": output.classCount = try reader.readInteger()
                    default: try reader.skipValue()
                    }
                }
            default: try reader.skipValue()
            }
        }
        return output
    }

    fileprivate mutating func readParameters(of request: inout InferenceRequest) throws(JSONError) {
        try readObject { (reader, key) throws(JSONError) in
            switch key {
            case "binary_data_output": request.hasBinaryOutputs = try reader.readBoolean()
            case "priority":
                let priority = try reader.readInteger()
                let range = InferenceRequest.priorities
                guard priority == 0 || range.contains(priority) else {
                    throw reader.error(
                        "the priority is \(priority), not \(range.lowerBound), the most urgent, to \(range.upperBound), or 0 for the default"
                    )
                }
                request.priority = priority == 0 ? InferenceRequest.defaultPriority : priority
            case "timeout":
                let microseconds = try reader.readInteger()
                guard microseconds >= 0 else { throw reader.error("the timeout is below 0 microseconds") }
                // Zero means none.
                request.timeout = microseconds == 0 ? nil : .microseconds(min(microseconds, 1 << 50))
            default: try reader.skipValue()
            }
        }
    }
}
