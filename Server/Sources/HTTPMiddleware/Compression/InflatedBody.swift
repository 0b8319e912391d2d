import Hummingbird
import NIOCore

/// A request's body as it was before it was compressed, read as it is asked for: memory is bounded by a chunk.
struct InflatedBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    /// The compressed body.
    let body: RequestBody
    let coding: ContentCoding
    /// How many original bytes there may be.
    let limit: Int

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(body: body.makeAsyncIterator(), coding: coding, limit: limit)
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        /// After so many bytes others get the thread; decompressing them takes a millisecond or two.
        private static let turnSize = 1 << 20

        private var body: RequestBody.AsyncIterator
        private let coding: ContentCoding
        private let stream: InflateStream
        private let limit: Int
        private var count = 0

        fileprivate init(body: RequestBody.AsyncIterator, coding: ContentCoding, limit: Int) {
            self.body = body
            self.coding = coding
            stream = InflateStream(coding)
            self.limit = limit
        }

        /// The next original bytes.
        ///
        /// - Throws: ``RequestRefusal``: 413 beyond the limit, 400 for a body that is damaged or cut off.
        mutating func next() async throws -> ByteBuffer? {
            while true {
                if let bytes = try inflated() {
                    count += bytes.readableBytes
                    guard count <= limit else { throw RequestRefusal.decompressedBodyTooLarge(limit: limit) }
                    if count / Self.turnSize > (count - bytes.readableBytes) / Self.turnSize {
                        await Task.yield()
                    }
                    return bytes
                }
                guard let compressed = try await body.next() else {
                    guard stream.isComplete else { throw RequestRefusal.damagedBody(coding) }
                    return nil
                }
                stream.append(compressed)
            }
        }

        private func inflated() throws(RequestRefusal) -> ByteBuffer? {
            do {
                return try stream.next()
            } catch {
                switch error {
                case .damaged: throw .damagedBody(coding)
                case .memory: throw .outOfMemory
                }
            }
        }
    }
}

extension RequestRefusal {
    fileprivate static func decompressedBodyTooLarge(limit: Int) -> RequestRefusal {
        RequestRefusal(
            .contentTooLarge, "The body is larger than \(limit) bytes when decompressed, which is the limit.")
    }

    fileprivate static func damagedBody(_ coding: ContentCoding) -> RequestRefusal {
        RequestRefusal(
            .badRequest,
            "The body is not a whole \(coding.rawValue) stream, as its Content-Encoding says it is.")
    }

    fileprivate static var outOfMemory: RequestRefusal {
        RequestRefusal(.serviceUnavailable, "There is no memory to decompress the body; try again later.")
    }
}
