import Foundation

extension TestServer {
    /// Sends a request from a thread of its own: the server answers on the threads that tests run on, and must not wait for them.
    func ask(
        _ method: String, _ path: String, headers: [String: String] = [:], body: [UInt8] = []
    ) async throws -> HTTPAnswer {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result { try send(method, path, headers: headers, body: body) })
            }
        }
    }
}
