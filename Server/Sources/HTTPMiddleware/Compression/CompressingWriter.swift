import HTTPTypes
import Hummingbird
import NIOCore

/// Writes what it is given compressed.
struct CompressingWriter: ResponseBodyWriter {
    var writer: any ResponseBodyWriter
    let stream: DeflateStream

    mutating func write(_ buffer: ByteBuffer) async throws {
        let bytes = stream.compress(buffer)
        if bytes.readableBytes > 0 {
            try await writer.write(bytes)
        }
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
        try await writer.write(stream.finish())
        try await writer.finish(trailingHeaders)
    }
}

/// Collects what it is given, for a body that is compressed before its length is told.
struct CollectingWriter: ResponseBodyWriter {
    /// Where bytes are collected; shared by the writer's copies.
    final class Storage {
        var bytes = ByteBuffer()
        var trailingHeaders: HTTPFields?
    }

    let storage: Storage

    mutating func write(_ buffer: ByteBuffer) async throws {
        var buffer = buffer
        storage.bytes.writeBuffer(&buffer)
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
        storage.trailingHeaders = trailingHeaders
    }
}
