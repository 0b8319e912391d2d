/// A request, before it is bytes.
struct HTTPRequest {
    var method = "GET"
    var target: String
    var version = "HTTP/1.1"
    var fields: [(name: String, value: String)] = []
    var body: [UInt8] = []
    /// How many bytes of the body are JSON, where tensors follow them.
    var jsonByteCount: Int?
    /// The statuses that it may be answered with as it is; none where that is not known.
    var statuses: Set<Int> = []

    /// What is expected of an answer.
    struct DueAnswer: Sendable {
        /// Any where there are none.
        let statuses: Set<Int>
        let isToHead: Bool
        /// Whether the request says that no other follows it.
        var isLast = false
    }

    /// What is expected of its answer.
    var due: DueAnswer {
        DueAnswer(
            statuses: statuses, isToHead: method == "HEAD",
            isLast: fields.contains { $0.name == "Connection" && $0.value.contains("close") })
    }

    /// How the end of the body is told.
    enum Framing {
        /// By `Content-Length`, where there is a body.
        case length
        /// By chunks, which are given with all around them.
        case chunks([UInt8])
        /// By what other fields say.
        case none
    }

    /// It as it is sent.
    func bytes(_ framing: Framing = .length) -> [UInt8] {
        var head = "\(method) \(target) \(version)\r\nHost: localhost\r\n"
        for (name, value) in fields { head += "\(name): \(value)\r\n" }
        if let jsonByteCount { head += "Inference-Header-Content-Length: \(jsonByteCount)\r\n" }
        var content = body
        switch framing {
        case .length: if method == "POST" || !body.isEmpty { head += "Content-Length: \(body.count)\r\n" }
        case .chunks(let chunks):
            head += "Transfer-Encoding: chunked\r\n"
            content = chunks
        case .none: break
        }
        return Array(head.utf8) + [0x0D, 0x0A] + content
    }

    /// With a field, or another value of it.
    mutating func set(_ name: String, _ value: String) {
        fields.removeAll { $0.name == name }
        fields.append((name, value))
    }
}

extension HTTPRequest {
    init(post target: String, _ body: [UInt8], _ fields: [(String, String)] = [], statuses: Set<Int> = [200])
    {
        self.init(method: "POST", target: target, fields: fields, body: body, statuses: statuses)
    }

    /// With JSON, and behind it what its `binary_data_size` tells of.
    init(post target: String, json: String, tensors: [UInt8]) {
        self.init(post: target, Array(json.utf8) + tensors)
        jsonByteCount = json.utf8.count
    }
}
