import DigitServer
import Foundation
import Testing

/// What a request says of its input and of itself, beside pixels.
@Suite struct OpenInferenceInputTests {
    private let path = "/v2/models/tiny/infer"
    private let images = TestImages.images(1)

    @Test(arguments: ["x", "Image", "image ", ""])
    func inputOfAnotherNameIsRefused(name: String) async throws {
        let json = TestImages.request(images).replacingOccurrences(of: #""image""#, with: "\"\(name)\"")
        try await TestServer.run { server in
            let answer = try server.post(path, json)
            #expect(answer.status == 400)
            #expect(answer.error.contains("'\(name)'") && answer.error.contains("'image'"))
        }
    }

    @Test func namedInputsOfTensorFlowServingHaveTheSameName() async throws {
        let image = "[" + [String](repeating: "0", count: 784).joined(separator: ",") + "]"
        let path = "/v1/models/tiny:predict"
        try await TestServer.run { server in
            for json in [
                #"{"instances":[{"image":\#(image)}]}"#, #"{"inputs":{"image":[\#(image)]}}"#,
            ] {
                #expect(try server.post(path, json).status == 200)
            }
            for (json, word) in [
                (#"{"instances":[{"x":\#(image)}]}"#, "\"x\""),
                (#"{"instances":[{"image":\#(image),"x":1}]}"#, "\"x\""),
                (#"{"inputs":{"x":[\#(image)]}}"#, "\"x\""),
                (#"{"inputs":{}}"#, "missing"), (#"{"instances":[{}]}"#, "missing"),
            ] {
                let answer = try server.post(path, json)
                #expect(
                    answer.status == 400 && answer.error.contains(word), "\(json.prefix(30)) \(answer.text)")
            }
        }
    }

    @Test func prioritiesAreThoseThatThereAre() async throws {
        try await TestServer.run { server in
            func answer(_ priority: String) throws -> HTTPAnswer {
                try server.post(
                    path, TestImages.request(images, more: #","parameters":{"priority":\#(priority)}"#))
            }
            for priority in 0...9 { #expect(try answer("\(priority)").status == 200) }
            for priority in ["-1", "10", "18446744073709551615", "1.5", "\"1\"", "null"] {
                let answer = try answer(priority)
                #expect(answer.status == 400, "\(priority)")
            }
            #expect(try answer("10").error.contains("priority is 10, not 1"))
        }
    }
}
