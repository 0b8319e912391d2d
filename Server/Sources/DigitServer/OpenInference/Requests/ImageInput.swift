import DigitRecognition

/// The images that a request gives to a model.
struct ImageInput {
    /// What the one input of every model is called.
    static let name = "image"

    /// Pixels, or encoded pictures, which take longer.
    enum Contents {
        case images(ImageTensor)
        case pictures([[UInt8]])
    }

    let contents: Contents
    let count: Int
}

extension ImageInput {
    /// The input of a request.
    ///
    /// FP32 and UINT8 are pixels, 0 for background and 255 for full ink, of shape `[N, height, width, channels]`; for grey images the
    /// last axis may be missing, and each image may be one axis, `[N, pixels]`. BYTES are encoded pictures, `[N]` or `[N, 1]`.
    /// - Throws: `ServiceError`, bad request.
    init(_ request: InferenceRequest, for model: ServedModel, limits: ServerLimits) throws(ServiceError) {
        guard let input = request.inputs.first else {
            throw .badRequest("The request has no inputs; give one, '\(Self.name)', with the images.")
        }
        guard request.inputs.count == 1 else {
            throw .badRequest(
                "The request has \(request.inputs.count) inputs, but the model '\(model.name)' has one, '\(Self.name)'; "
                    + "give several images as one batch.")
        }
        guard input.name == Self.name else {
            throw .badRequest(
                "The request has the input '\(input.name.forMessage)', but the model '\(model.name)' has one, '\(Self.name)'; "
                    + "name it so.")
        }
        guard let data = input.data else {
            throw .badRequest(
                "The input '\(input.name.forMessage)' has no data; give data, or binary_data_size and bytes.")
        }
        switch input.datatype {
        case "BYTES":
            contents = .pictures(try Self.pictures(data, input.shape, limits: limits))
            count = input.shape[0]
        case "FP32", "UINT8":
            count = try Self.count(input.shape, for: model, limits: limits)
            contents = .images(
                ImageTensor(
                    pixels: try Self.pixels(data, datatype: input.datatype, number: count * model.pixelCount),
                    count: count))
        default:
            throw .badRequest(
                "The input '\(input.name.forMessage)' has the datatype '\(input.datatype.forMessage)'; "
                    + "give FP32 or UINT8 for pixels of 0 to 255, or BYTES for encoded pictures.")
        }
    }

    /// How many images a shape means.
    private static func count(
        _ shape: [Int], for model: ServedModel, limits: ServerLimits
    ) throws(ServiceError) -> Int {
        let (height, width, channels) = (model.shape.height, model.shape.width, model.shape.channels)
        var forms = [[height, width, channels], [model.pixelCount]]
        if channels == 1 { forms.append([height, width]) }
        guard let count = shape.first, count >= 0, forms.contains(Array(shape.dropFirst())) else {
            throw .badRequest(
                "The input has the shape \(shape), but the model '\(model.name)' takes [N,\(height),\(width),\(channels)]"
                    + (channels == 1 ? ", [N,\(height),\(width)]" : "") + " or [N,\(model.pixelCount)].")
        }
        guard count <= limits.imagesOfRequest else {
            throw .badRequest(
                "The request has \(count) images, but at most \(limits.imagesOfRequest) are taken at once; send them in parts."
            )
        }
        return count
    }

    private static func pixels(
        _ data: TensorData, datatype: String, number: Int
    ) throws(ServiceError) -> ImageTensor.Pixels {
        func check(_ count: Int, _ unit: String, per: Int = 1) throws(ServiceError) {
            guard count == number * per else {
                throw .badRequest(
                    "The input's shape means \(number * per) \(unit), but its data are \(count).")
            }
        }
        switch data {
        case .texts:
            throw .badRequest(
                "The input's data are texts, but \(datatype) is numbers; give numbers of 0 to 255.")
        case .numbers(let numbers):
            try check(numbers.count, "numbers")
            if datatype == "FP32" { return .floats(try inRange(numbers)) }
            var bytes = [UInt8](repeating: 0, count: number)
            for (index, value) in numbers.enumerated() {
                guard let byte = UInt8(exactly: value) else {
                    throw .badRequest(
                        "The input's value \(index) is \(value), but UINT8 is whole numbers of 0 to 255.")
                }
                bytes[index] = byte
            }
            return .bytes(bytes)
        case .bytes(let bytes) where datatype == "UINT8":
            try check(bytes.count, "bytes")
            return .bytes(Array(bytes))
        case .bytes(let bytes):
            try check(bytes.count, "bytes", per: 4)
            return .floats(try inRange(TensorBytes.floats(bytes)))
        }
    }

    private static func inRange(_ values: [Float]) throws(ServiceError) -> [Float] {
        // A plain loop becomes vector instructions; NaN fails both comparisons.
        var areAll = true
        for value in values { areAll = areAll && value >= 0 && value <= 255 }
        guard areAll else {
            let index = values.firstIndex { !($0 >= 0 && $0 <= 255) } ?? 0
            throw .badRequest(
                "The input's value \(index) is \(values[index]), but pixels are 0 for background to 255 for full ink."
            )
        }
        return values
    }

    private static func pictures(
        _ data: TensorData, _ shape: [Int], limits: ServerLimits
    ) throws(ServiceError) -> [[UInt8]] {
        guard let count = shape.first, shape.dropFirst().allSatisfy({ $0 == 1 }),
            (0...limits.queuedPictures).contains(count)
        else {
            throw .badRequest(
                "The input has the shape \(shape), but N encoded pictures are [N], at most \(limits.queuedPictures)."
            )
        }
        let pictures: [[UInt8]]
        switch data {
        case .numbers:
            throw .badRequest("The input's data are numbers, but BYTES is encoded pictures, base64 in JSON.")
        case .bytes(let bytes): pictures = try TensorBytes.elements(bytes, count: count)
        case .texts(let texts):
            var decoded: [[UInt8]] = []
            for text in texts {
                guard let bytes = Base64.bytes(text) else {
                    throw .badRequest(
                        "A text of the input's data is not base64; give encoded pictures so, or as binary data."
                    )
                }
                decoded.append(bytes)
            }
            pictures = decoded
        }
        guard pictures.count == count else {
            throw .badRequest(
                "The input's shape means \(count) pictures, but its data are \(pictures.count).")
        }
        return pictures
    }
}
