import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

extension Response {
    /// An answer of JSON.
    init(status: HTTPResponse.Status = .ok, json: ByteBuffer) {
        self.init(
            status: status, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: json))
    }

    /// An answer of JSON with an object, of members that the closure writes.
    init(status: HTTPResponse.Status = .ok, object members: (inout JSONWriter) -> Void) {
        var writer = JSONWriter()
        writer.object(members)
        self.init(status: status, json: writer.buffer)
    }
}
