import Foundation

/// A tokens file with one token, `digits_test-token`.
enum TestTokens {
    static let token = "digits_test-token"
    /// From `printf digits_test-token | sha256sum`.
    private static let digest = "0da2035047a2a090bf8495db32c4f3ceea779765eb0722b3318a64228648dc75"

    /// Runs something with the file's path.
    static func withFile(_ body: (String) async throws -> Void) async throws {
        let path = NSTemporaryDirectory() + "tokens-\(UUID().uuidString)"
        try "alice \(digest)\n".write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await body(path)
    }
}
