import DigitRecognition
import DigitServer
import Foundation
import Testing

@Suite struct OpenInferenceTests {
    private let path = "/v2/models/tiny/infer"
    private let predictor = Predictor(PretrainedModel.tiny.model())

    private func expected(_ images: [Image]) throws -> [Float] {
        try predictor.predict(images).flatMap(\.probabilities)
    }

    @Test func everyFormOfPixelsHasThePredictorsBits() async throws {
        let images = TestImages.images(3)
        let expected = try expected(images)
        try await TestServer.run { server in
            for datatype in ["FP32", "UINT8"] {
                for shape in ["[3,28,28,1]", "[3,28,28]", "[3,784]"] {
                    let answer = try server.post(
                        path, TestImages.request(images, datatype: datatype, shape: shape))
                    #expect(answer.status == 200)
                    #expect(answer.probabilities == expected, "\(datatype) \(shape)")
                    #expect(answer.outputs.first?["shape"] as? [Int] == [3, 10])
                }
            }
            // Nested data.
            let rows = images.map { image in
                "["
                    + (0..<28).map { row in
                        "[" + (0..<28).map { "[\(image[row, $0])]" }.joined(separator: ",") + "]"
                    }.joined(separator: ",") + "]"
            }
            let nested =
                #"{"inputs":[{"data":[\#(rows.joined(separator: ","))],"name":"image","datatype":"FP32","shape":[3,28,28,1]}]}"#
            #expect(try server.post(path, nested).probabilities == expected)
        }
    }

    @Test func binaryTensorsGoBothWays() async throws {
        let images = TestImages.images(2)
        let expected = try expected(images)
        let header = Array(
            #"{"inputs":[{"name":"image","shape":[2,28,28,1],"datatype":"FP32","parameters":{"binary_data_size":6272}}],"parameters":{"binary_data_output":true}}"#
                .utf8)
        try await TestServer.run { server in
            let answer = try server.send(
                "POST", path, headers: ["Inference-Header-Content-Length": "\(header.count)"],
                body: header + TestImages.floatBytes(images))
            let length = try #require(answer.headers["inference-header-content-length"].flatMap { Int($0) })
            let json = try #require(
                try JSONSerialization.jsonObject(with: Data(answer.body[..<length])) as? [String: Any])
            let output = try #require((json["outputs"] as? [[String: Any]])?.first)
            #expect((output["parameters"] as? [String: Any])?["binary_data_size"] as? Int == 80)
            #expect(TensorBytes.floats(answer.body[length...]) == expected)

            // No JSON at all.
            let raw = try server.send(
                "POST", path, headers: ["Inference-Header-Content-Length": "0"],
                body: TestImages.floatBytes(images))
            #expect(TensorBytes.floats(raw.body.suffix(80)) == expected)
        }
    }

    @Test func encodedPicturesAreDecoded() async throws {
        let image = TestImages.images(1)[0]
        let file = TestImages.pgm(image)
        let expected = try expected([image])
        try await TestServer.run { server in
            let text = Data(file).base64EncodedString()
            let json = #"{"inputs":[{"name":"image","shape":[1],"datatype":"BYTES","data":["\#(text)"]}]}"#
            #expect(try server.post(path, json).probabilities == expected)

            let small = TestImages.pgm(Image(height: 2, width: 2, pixels: [1, 2, 3, 4]))
            let other = Data(small).base64EncodedString()
            let refused = try server.post(path, json.replacingOccurrences(of: text, with: other))
            #expect(refused.status == 400)
            #expect(refused.error.contains("2×2"))
        }
    }

    @Test func classificationNamesTheMostProbable() async throws {
        let images = TestImages.images(2)
        let predictions = try predictor.predict(images)
        try await TestServer.run { server in
            let more =
                #","outputs":[{"name":"probabilities","parameters":{"classification":3,"binary_data":false}}]"#
            let answer = try server.post(path, TestImages.request(images, more: more))
            let texts = try #require(answer.outputs.first?["data"] as? [String])
            #expect(answer.outputs.first?["shape"] as? [Int] == [2, 3])
            #expect(
                texts
                    == predictions.flatMap { prediction in
                        prediction.ranked.prefix(3).map {
                            "\($0.probability):\($0.label):\(prediction.classNames[$0.label])"
                        }
                    })
        }
    }

    @Test func idIsRepeatedAndUnknownMembersAreReadOver() async throws {
        let more = #","id":"r\"1","model_name":"x","parameters":{"priority":1,"timeout":5000000,"mine":"a"}"#
        try await TestServer.run { server in
            let answer = try server.post(path, TestImages.request(TestImages.images(1), more: more))
            #expect(answer.status == 200)
            #expect(answer.json["id"] as? String == "r\"1")
            #expect(answer.json["model_name"] as? String == "tiny")
            #expect(answer.json["model_version"] as? String == "1")
        }
    }

    @Test func whatIsWrongIsToldWithTheStatusOfTriton() async throws {
        let image = TestImages.images(1)
        let good = TestImages.request(image)
        try await TestServer.run { (server: TestServer) async throws in
            func status(_ path: String, _ body: String, _ headers: [String: String] = [:]) throws -> Int {
                let answer = try server.post(path, body, headers: headers)
                #expect(!answer.error.isEmpty, "\(path) \(answer.text)")
                return answer.status
            }
            #expect(try status("/v2/models/none/infer", good) == 404)
            #expect(try status("/v2/models/tiny/versions/9/infer", good) == 404)
            #expect(try status("/v2/models/tiny/versions/x/infer", good) == 400)
            #expect(try status(path, "") == 400)
            #expect(try status(path, "{") == 400)
            #expect(try status(path, "{}") == 400)
            #expect(try status(path, #"{"inputs":[]}"#) == 400)
            #expect(try status(path, TestImages.request(image, shape: "[1,27,28,1]")) == 400)
            #expect(try status(path, TestImages.request(image, shape: "[-1,28,28,1]")) == 400)
            #expect(
                try status(path, TestImages.request(image, shape: "[9223372036854775807,28,28,1]")) == 400)
            #expect(try status(path, TestImages.request(image, shape: "[2,28,28,1]")) == 400)
            #expect(try status(path, TestImages.request(image, datatype: "INT64")) == 400)
            #expect(
                try status(path, good.replacingOccurrences(of: "[1,28,28,1]", with: "[1.0,28,28,1]")) == 400)
            #expect(try status(path, good.replacingOccurrences(of: ",0,0]", with: ",0,256]")) == 400)
            #expect(try status(path, good.replacingOccurrences(of: ",0,0]", with: ",0,-1]")) == 400)
            #expect(try status(path, good, ["Inference-Header-Content-Length": "-1"]) == 400)
            #expect(try status(path, good, ["Inference-Header-Content-Length": "99999999"]) == 400)
            #expect(try status(path, good, ["Inference-Header-Content-Length": "x"]) == 400)
            let outputs = TestImages.request(image, more: #","outputs":[{"name":"other"}]"#)
            #expect(try status(path, outputs) == 400)
            let two = good.replacingOccurrences(of: #""inputs":["#, with: #""inputs":[{"name":"b"},"#)
            #expect(try status(path, two) == 400)
            #expect(try server.get(path).status == 405)
            #expect(try server.get(path).headers["allow"] == "POST")
            #expect(try server.get("/nowhere").status == 404)
            #expect(!(try server.get("/nowhere").error.isEmpty))
        }
    }

    @Test func modelsDescribeThemselves() async throws {
        try await TestServer.run({ $0.models.aliases = ["digits": "tiny"] }) { server in
            #expect(try server.get("/v2").json["name"] as? String == "digits-server")
            #expect(try server.get("/v2/health/live").json["live"] as? Bool == true)
            #expect(try server.get("/v2/health/ready").json["ready"] as? Bool == true)
            #expect(try server.get("/v2/models/tiny/ready").status == 200)
            #expect(try server.get("/v2/models/none/ready").status == 404)
            let metadata = try server.get("/v2/models/digits").json
            #expect(metadata["name"] as? String == "tiny")
            #expect(metadata["versions"] as? [String] == ["1"])
            let input = try #require((metadata["inputs"] as? [[String: Any]])?.first)
            #expect(input["shape"] as? [Int] == [-1, 28, 28, 1])
            #expect(try server.get("/v2/models/tiny/config").json["max_batch_size"] as? Int == 16_384)
            let index = try server.post("/v2/repository/index", "")
            #expect(index.text.contains(#""name":"accurate","version":"1","state":"READY""#))
            _ = try server.post(path, TestImages.request(TestImages.images(2)))
            let statistics = try #require(
                (try server.get("/v2/models/tiny/stats").json["model_stats"] as? [[String: Any]])?.first)
            #expect(statistics["inference_count"] as? Int == 2)
        }
    }
}
