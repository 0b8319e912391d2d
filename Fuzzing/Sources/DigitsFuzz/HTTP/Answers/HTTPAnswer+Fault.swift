import Foundation

extension HTTPAnswer {
    /// Statuses of 500 and more that say what somebody can do about it; others are faults.
    private static let allowedFailures: Set = [501, 503, 504, 507]

    /// What of the inside nobody outside should read. No case sends any of it.
    private static let secrets = [
        "/Sources/", ".swift", "Fatal error", "Hummingbird", "SwiftNIO", "NIOCore", "NIOPosix",
        "DecodingError",
        "libswift", "0x0000", "/root/", "/home/", FileManager.default.temporaryDirectory.path,
        FileManager.default.currentDirectoryPath,
    ].filter { $0.count > 3 }.map { Array($0.utf8) }

    /// What is wrong with it, whatever it answers; nil where nothing is.
    func fault(_ bytes: ArraySlice<UInt8>) -> HTTPFault? {
        if status >= 500, !Self.allowedFailures.contains(status) {
            return HTTPFault(.failure, "The status is \(status): \(Self.quoted(body))")
        }
        if let field = self["server"] ?? self["x-powered-by"] {
            return HTTPFault(.indiscreet, "The answer says what the server is: '\(field)'.")
        }
        let whole = bytes.prefix(byteCount)
        for secret in Self.secrets where whole.place(of: secret) != nil {
            return HTTPFault(
                .indiscreet,
                "The answer (\(status)) holds '\(String(decoding: secret, as: UTF8.self))': \(Self.quoted(body))"
            )
        }
        return status >= 400 && !body.isEmpty && self["content-encoding"] == nil ? wordFault : nil
    }

    private struct Refusal: Decodable {
        let error: String
    }

    private var wordFault: HTTPFault? {
        guard let refusal = try? JSONDecoder().decode(Refusal.self, from: Data(body)) else {
            return HTTPFault(.wordless, "The error (\(status)) is not told in JSON: \(Self.quoted(body))")
        }
        // What the client sent may be repeated, as far as it is text.
        return sentenceFault(refusal.error.replacing("\u{FFFD}", with: "?")).map {
            HTTPFault(.wordless, "The error (\(status)): \($0)")
        }
    }
}
