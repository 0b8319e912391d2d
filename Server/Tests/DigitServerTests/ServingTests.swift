import DigitRecognition
import DigitServer
import Foundation
import Testing

@Suite struct TensorFlowServingTests {
    private let predictor = Predictor(PretrainedModel.tiny.model())

    @Test func rowsAndColumnsArePredicted() async throws {
        let images = TestImages.images(2)
        let expected = try predictor.predict(images).map(\.probabilities)
        let rows = images.map { "[" + $0.pixels.map { String($0) }.joined(separator: ",") + "]" }
        try await TestServer.run { (server: TestServer) async throws in
            func predictions(_ json: String, _ path: String = "/v1/models/tiny:predict") throws -> [[Float]] {
                let answer = try server.post(path, json).json
                return ((answer["predictions"] ?? answer["outputs"]) as? [[Double]] ?? []).map {
                    $0.map { Float($0) }
                }
            }
            let list = rows.joined(separator: ",")
            #expect(try predictions(#"{"instances":[\#(list)]}"#) == expected)
            #expect(try predictions(#"{"signature_name":"s","inputs":[\#(list)]}"#) == expected)
            #expect(try predictions(#"{"inputs":{"image":[\#(list)]}}"#) == expected)
            let objects = rows.map { #"{"image":\#($0)}"# }.joined(separator: ",")
            #expect(
                try predictions(#"{"instances":[\#(objects)]}"#, "/v1/models/tiny/versions/1:predict")
                    == expected)
            #expect(try server.post("/v1/models/none:predict", "{}").status == 404)
            #expect(try server.post("/v1/models/tiny:classify", "{}").status == 404)
            #expect(try server.post("/v1/models/tiny:predict", "{}").status == 400)
            #expect(try server.post("/v1/models/tiny:predict", #"{"instances":[[1,2]]}"#).status == 400)
            // Two halves are no image, and an object without one neither.
            let half = "[" + [String](repeating: "0", count: 392).joined(separator: ",") + "]"
            #expect(
                try server.post("/v1/models/tiny:predict", #"{"instances":[\#(half),\#(half)]}"#).status
                    == 400)
            #expect(try server.post("/v1/models/tiny:predict", #"{"instances":[{"a":1}]}"#).status == 400)
            #expect(try server.get("/v1/models/tiny").text.contains("AVAILABLE"))
            #expect(try server.get("/v1/models/tiny/versions/1").status == 200)
        }
    }
}

@Suite struct PictureReadingTests {
    /// A clear digit, dark on light.
    private let picture: [UInt8] = {
        var pixels = [UInt8](repeating: 230, count: 80 * 60)
        for row in 15..<65 { for column in 27..<33 { pixels[row * 60 + column] = 20 } }
        return TestImages.pgm(Image(height: 80, width: 60, pixels: pixels))
    }()

    @Test func pictureIsReadAsTheLibraryReadsIt() async throws {
        let reading = try DigitReader.pretrained { $0.layout = .digit }.read(bytes: picture)
        try await TestServer.run { server in
            let answer = try server.send("POST", "/v1/read?single=true", body: picture)
            #expect(answer.status == 200)
            #expect(answer.json["text"] as? String == reading.text)
            #expect(answer.json["file"] as? String == "-")
            let form =
                Array(
                    "--B\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pgm\"\r\nContent-Type: image/x-portable-graymap\r\n\r\n"
                        .utf8)
                + picture + Array("\r\n--B--\r\n".utf8)
            let fromForm = try server.send(
                "POST", "/v1/read?single=true", headers: ["Content-Type": "multipart/form-data; boundary=B"],
                body: form)
            #expect(fromForm.json["file"] as? String == "a.pgm")
            #expect(fromForm.json["text"] as? String == reading.text)
            for count in stride(from: 0, to: form.count, by: 97) {
                let cut = try server.send(
                    "POST", "/v1/read", headers: ["Content-Type": "multipart/form-data; boundary=B"],
                    body: Array(form[..<count]))
                #expect(cut.status == 400)
            }
        }
    }

    @Test func stepsAndExplanationsComeAsPictures() async throws {
        try await TestServer.run { server in
            let answer = try server.send(
                "POST", "/v1/read?single=true&steps=true&explain=true", body: picture)
            let steps = try #require(answer.json["steps"] as? [[String: Any]])
            #expect(steps.first?["name"] as? String == "picture")
            let text = try #require((steps.first?["pictures"] as? [String])?.first)
            #expect(Base64.bytes(text)?.starts(with: [0x89, 0x50, 0x4E, 0x47]) == true)
            #expect(
                (answer.json["explanation"] as? String).flatMap(Base64.bytes)?.starts(with: [0x89, 0x50])
                    == true)
            let annotated = try server.send(
                "POST", "/v1/read", headers: ["Accept": "image/png"], body: picture)
            #expect(annotated.headers["content-type"] == "image/png")
            #expect(annotated.body.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        }
    }

    @Test func whatCannotBeReadIsTold() async throws {
        try await TestServer.run({ $0.limits.picturePixels = 10_000 }) { server in
            let blank = TestImages.pgm(
                Image(height: 50, width: 50, pixels: [UInt8](repeating: 200, count: 2500)))
            let refused = try server.send("POST", "/v1/read", body: blank)
            #expect(refused.status == 200)
            #expect(refused.json["refused"] as? String == "blank")
            #expect(try server.send("POST", "/v1/read", body: Array("no picture".utf8)).status == 400)
            #expect(try server.send("POST", "/v1/read").status == 400)
            let large = Array("P5\n101 100\n255\n".utf8) + [UInt8](repeating: 0, count: 10_100)
            #expect(try server.send("POST", "/v1/read", body: large).status == 413)
            for query in [
                "single=1&line=1", "length=6-4", "length=x", "min-confidence=2", "steps=maybe", "page=0",
            ] {
                #expect(try server.send("POST", "/v1/read?\(query)", body: blank).status == 400, "\(query)")
            }
        }
    }
}
