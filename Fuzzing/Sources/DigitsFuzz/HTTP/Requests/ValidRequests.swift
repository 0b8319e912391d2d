import DigitRecognition
import Foundation

/// Requests that are as they should be, of every route.
struct ValidRequests: Sendable {
    /// Cheap ones are there more often.
    let all: [HTTPRequest]
    /// Those with a body.
    let posts: [HTTPRequest]
    /// Those with JSON in the body.
    let withJSON: [HTTPRequest]
    /// Those with tensors behind JSON.
    let withTensors: [HTTPRequest]

    init(digits: [Image]) {
        let json = Self.inferences(digits) + [Self.prediction(digits[0])]
        let tensors = Self.binaryInferences(digits)
        let pictures = Self.readings(digits[2])
        // Most of a request's time is the picture's.
        let posts = [json, tensors, json, tensors, json, tensors, pictures].flatMap { $0 }
        all = posts + Self.questions
        self.posts = posts
        withJSON = json
        withTensors = tensors.filter { $0.jsonByteCount ?? 0 > 0 }
    }

    /// The path of a model that is fast.
    static let inference = "/v2/models/tiny/infer"

    /// A request for inference in JSON.
    static func inference(
        _ images: [Image], shape: String? = nil, datatype: String = "FP32", more: String = ""
    ) -> [UInt8] {
        let data = images.flatMap(\.pixels).map { String($0) }.joined(separator: ",")
        let shape = shape ?? "[\(images.count),28,28,1]"
        return Array(
            #"{"inputs":[{"name":"image","shape":\#(shape),"datatype":"\#(datatype)","data":[\#(data)]}]\#(more)}"#
                .utf8)
    }

    private static func inferences(_ digits: [Image]) -> [HTTPRequest] {
        let classes = #","id":"a","outputs":[{"name":"probabilities","parameters":{"classification":3}}]"#
        let picture = Data(pgm(digits[1])).base64EncodedString()
        let texts = #"{"inputs":[{"name":"image","shape":[1],"datatype":"BYTES","data":["\#(picture)"]}]}"#
        return [
            HTTPRequest(post: inference, inference([digits[0]])),
            HTTPRequest(post: inference, inference([digits[0]], datatype: "UINT8", more: classes)),
            HTTPRequest(
                post: "/v2/models/tiny/versions/1/infer", inference(Array(digits[0..<3]), shape: "[3,784]"),
                [("Accept-Encoding", "gzip")]),
            HTTPRequest(post: inference, Array(texts.utf8)),
        ]
    }

    private static func binaryInferences(_ digits: [Image]) -> [HTTPRequest] {
        let floats = digits[0].pixels.flatMap { pixel in
            NumberBytes(UInt64(Float(pixel).bitPattern), width: 4, isBig: false).bytes
        }
        func json(_ datatype: String, _ shape: String, _ size: Int) -> String {
            #"{"inputs":[{"name":"image","shape":\#(shape),"datatype":"\#(datatype)","parameters":{"binary_data_size":\#(size)}}],"parameters":{"binary_data_output":true}}"#
        }
        let file = pgm(digits[1])
        let element = NumberBytes(UInt64(file.count), width: 4, isBig: false).bytes + file
        var raw = HTTPRequest(post: inference, floats)
        raw.jsonByteCount = 0
        return [
            HTTPRequest(post: inference, json: json("FP32", "[1,28,28,1]", 3136), tensors: floats),
            HTTPRequest(post: inference, json: json("UINT8", "[1,28,28]", 784), tensors: digits[0].pixels),
            HTTPRequest(post: inference, json: json("BYTES", "[1]", element.count), tensors: element),
            raw,
        ]
    }

    private static func prediction(_ digit: Image) -> HTTPRequest {
        let rows = (0..<28).map { row in
            "[" + (0..<28).map { String(digit.pixels[28 * row + $0]) }.joined(separator: ",") + "]"
        }
        return HTTPRequest(
            post: "/v1/models/tiny:predict",
            Array(#"{"instances":[[\#(rows.joined(separator: ","))]]}"#.utf8))
    }

    private static func readings(_ digit: Image) -> [HTTPRequest] {
        let file = PNGFile.bytes(of: digit, orientation: .up)
        let form =
            Array("--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n".utf8)
            + file + Array("\r\n--B--\r\n".utf8)
        return [
            HTTPRequest(post: "/v1/read?single=true&min-confidence=0.5", file),
            HTTPRequest(
                post: "/v1/read?length=1-3", form, [("Content-Type", "multipart/form-data; boundary=B")]),
            // Kept until there are as many as may be, where any are kept.
            HTTPRequest(
                post: "/v1/corrections?label=7", file, [("Content-Type", "image/png")],
                statuses: [201, 404, 507]),
        ]
    }

    private static let questions: [HTTPRequest] =
        [
            "/v2", "/v2/health/live", "/v2/health/ready", "/v2/models", "/v2/models/tiny",
            "/v2/models/tiny/ready",
            "/v2/models/tiny/config", "/v2/models/tiny/stats", "/v2/models/stats", "/v1/models/tiny",
            "/v1/models/tiny/versions/1", "/v1/corrections", "/openapi.json", "/metrics", "/",
        ].map { HTTPRequest(target: $0, statuses: [200]) } + [
            HTTPRequest(post: "/v2/repository/index", []),
            HTTPRequest(method: "HEAD", target: "/v2/models/tiny", statuses: [200]),
            HTTPRequest(method: "DELETE", target: "/v2/models/tiny", statuses: [405]),
            HTTPRequest(method: "OPTIONS", target: "/v1/read"),
            HTTPRequest(target: "/v1/read", statuses: [405]),
            HTTPRequest(target: "/nowhere", statuses: [404]),
        ]

    /// A picture file, PGM.
    private static func pgm(_ image: Image) -> [UInt8] {
        Array("P5\n\(image.width) \(image.height)\n255\n".utf8) + image.pixels
    }
}
