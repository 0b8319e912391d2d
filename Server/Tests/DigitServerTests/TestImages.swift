import DigitRecognition

/// Images and requests that tests send.
enum TestImages {
    /// Images like handwriting: strokes, each another.
    static func images(_ count: Int) -> [Image] {
        (0..<count).map { number in
            var pixels = [UInt8](repeating: 0, count: 784)
            for step in 0..<120 {
                let row = 4 + (step * 7 + number * 3) % 20
                let column = 4 + (step * (number % 5 + 2) + number) % 20
                pixels[row * 28 + column] = UInt8(40 + (step * 31 + number * 17) % 216)
            }
            return Image(height: 28, width: 28, pixels: pixels)
        }
    }

    /// A request for inference in JSON.
    static func request(
        _ images: [Image], datatype: String = "FP32", shape: String? = nil, more: String = ""
    ) -> String {
        let data = images.flatMap(\.pixels).map { String($0) }.joined(separator: ",")
        let shape = shape ?? "[\(images.count),28,28,1]"
        return
            #"{"inputs":[{"name":"image","shape":\#(shape),"datatype":"\#(datatype)","data":[\#(data)]}]\#(more)}"#
    }

    /// FP32, little-endian.
    static func floatBytes(_ images: [Image]) -> [UInt8] {
        images.flatMap(\.pixels).flatMap { pixel in
            let bits = Float(pixel).bitPattern
            return (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt32($0))) }
        }
    }

    /// A picture file: PGM.
    static func pgm(_ image: Image) -> [UInt8] {
        Array("P5\n\(image.width) \(image.height)\n255\n".utf8) + image.pixels
    }
}

extension HTTPAnswer {
    /// The data of the one output.
    var outputs: [[String: Any]] { json["outputs"] as? [[String: Any]] ?? [] }
    var probabilities: [Float] { (outputs.first?["data"] as? [Double] ?? []).map { Float($0) } }
    var error: String { json["error"] as? String ?? "" }
}
